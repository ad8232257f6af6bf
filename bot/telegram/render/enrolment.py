"""How what is said about people, chats and roles reads."""
