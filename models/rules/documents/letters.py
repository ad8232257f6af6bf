"""Capital and small letters of Vietnamese, for patterns: `re` cannot ask whether a letter is a capital."""

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz" + ("àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ")

CAPITAL = f"[{_ALPHABET.upper()}]"
SMALL = f"[{_ALPHABET}]"
