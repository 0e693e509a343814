"""The one page that articles offer as a document."""

from PIL import Image

from aminata24.demo.drawing import kente
from aminata24.demo.drawing.lettering import set_text, wrap
from aminata24.demo.drawing.palettes import PALETTES

# A4 at 150 dots an inch, drawn twice as large and reduced, which smooths the letters.
RESOLUTION = 150
SMOOTHING = 2
WIDTH, HEIGHT = 1240 * SMOOTHING, 1754 * SMOOTHING
MARGIN = WIDTH // 9
INK = (20, 23, 31)

TITLE = "Note de démonstration"
PARAGRAPHS = [
    "Ce document d’une page accompagne la rédaction de démonstration d’Aminata24. Il montre comment un article "
    "propose un fichier à télécharger : son titre, son format et son poids sont annoncés avant le clic.",
    "Les faits, les chiffres, les personnes et les organismes cités dans les articles de démonstration sont inventés. "
    "Aucune donnée de ce document ne doit être reprise comme une information.",
    "Pour le remplacer, ouvrez l’article dans l’éditeur, choisissez le bloc «\u00a0Document\u00a0» et déposez votre "
    "propre fichier : rapport, tableau, communiqué ou décret.",
]


def draw_report() -> Image.Image:
    """The page as a picture, which Pillow saves as PDF."""
    page = Image.new("RGB", (WIDTH, HEIGHT), (255, 255, 255))
    cloth = kente.draw(PALETTES["actualites"], 1, seed="report")
    page.paste(cloth.resize((WIDTH, WIDTH * 9 // 16), Image.Resampling.NEAREST).crop((0, 0, WIDTH, HEIGHT // 8)))
    size = WIDTH / 40
    set_text(page, (MARGIN, HEIGHT * 0.22), "Aminata24", size * 1.15, (185, 60, 10), weight=1)
    set_text(page, (MARGIN, HEIGHT * 0.27), TITLE, size * 2, INK, weight=2)
    base = HEIGHT * 0.33
    for paragraph in PARAGRAPHS:
        for line in wrap(paragraph, size, WIDTH - 2 * MARGIN):
            set_text(page, (MARGIN, base), line, size, INK)
            base += size * 1.6
        base += size
    return page.resize((WIDTH // SMOOTHING, HEIGHT // SMOOTHING), Image.Resampling.LANCZOS)
