"""The demo: a plainly synthetic district, played in the sandbox by the very bot that talks to Telegram."""
