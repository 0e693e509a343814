"""What surrounds every page: brand, menus, consent."""
