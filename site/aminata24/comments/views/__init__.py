"""
The readers' pages: the discussion, which is the same for everyone, and its forms, each an uncached page of its own.

No form page touches a reader's session unless they are signed in.
"""
