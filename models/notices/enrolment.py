"""What is said about people, chats and roles."""
