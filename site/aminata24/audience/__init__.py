"""What is read, seen and clicked, counted without cookies and without knowing by whom; and « Les plus lus »."""
