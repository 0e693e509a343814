"""The newsletter's addresses: subscribe, confirm by mail, leave."""
