"""What is done for the comments every so often."""

from aminata24.comments.digest import send_due_digest
from aminata24.comments.models import Tally
from aminata24.comments.retention import forget_commenters
from aminata24.delivery.periodic import every

every(hours=24)(forget_commenters)
every(hours=1)(Tally.forget)
# Whether a mail is due is for the moderators' setting to say.
every(minutes=5)(send_due_digest)
