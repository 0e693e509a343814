"""What readers answer: comments under articles, the checks they pass, and the moderators' desk."""
