"""What is done for the counts every so often."""

from aminata24.audience.reads import roll_up
from aminata24.delivery.periodic import every

every(hours=1)(roll_up)
