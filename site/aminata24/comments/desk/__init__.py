"""The moderators' desk in the page editor: the queue of comments, the bans, and what is known of a person."""
