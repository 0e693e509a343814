"""A body with every block there is."""

from collections.abc import Sequence
from typing import Any

import wagtail_factories
from wagtail.images.models import AbstractImage

from news.models import ArticlePage


def full_body(image: AbstractImage, articles: Sequence[ArticlePage]) -> list[tuple[str, Any]]:
    """Every block of `ArticleBody` once, each with a text of its own to look for."""
    document = wagtail_factories.DocumentFactory(title="Rapport", file__filename="rapport.pdf")
    film = wagtail_factories.DocumentFactory(title="Film", file__filename="film.mp4")
    sound = wagtail_factories.DocumentFactory(title="Son", file__filename="son.mp3")
    media = {"caption": "", "transcript": "On entend l’eau."}
    return [
        ("paragraph", "<p>Le premier bac a quitté le quai à <b>six heures</b>.</p>"),
        ("heading", "Une attente de six mois"),
        ("quote", {"text": "Nous étions coupés du marché", "speaker": "Awa Bamba", "role": "commerçante"}),
        ("pull_quote", {"text": "La lagune n’est plus un mur", "speaker": ""}),
        ("question_answer", {"question": "Et demain ?", "answer": "<p>Un second bac est attendu.</p>"}),
        ("image", {"image": image, "caption": "Le quai, à l’aube", "credit": "Aminata24", "layout": "wide"}),
        ("gallery", {"title": "La traversée", "images": [{"image": image, "caption": n} for n in ("Aller", "Retour")]}),
        ("embed", {"url": "https://youtu.be/abcdefghijk", "title": "Le bac en images", "caption": ""}),
        ("video", {"file": film, "title": "Le départ du bac", "poster": image, **media}),
        ("audio", {"file": sound, "title": "La corne du bac", **media}),
        ("document", {"document": document, "title": "Le rapport d’expertise"}),
        ("key_points", {"title": "L’essentiel", "points": ["Le bac est revenu", "Le tarif ne change pas"]}),
        ("context_box", {"title": "Repères", "text": "<p>La lagune Ébrié s’étend sur 130 km.</p>"}),
        ("read_also", {"articles": list(articles)}),
        (
            "table",
            {
                "caption": "Les horaires",
                "table": {
                    "columns": [{"type": "text", "heading": "Quai"}, {"type": "number", "heading": "Départs"}],
                    "rows": [{"values": ["Treichville", "14"]}],
                },
            },
        ),
        (
            "figures",
            {"title": "Chiffres clés", "figures": [{"value": "4 200", "label": "passagers", "note": "par jour"}]},
        ),
        (
            "timeline",
            {
                "title": "Le bac en dates",
                "events": [{"date": "12 mai", "title": "La panne", "text": "Un arbre casse."}],
            },
        ),
        ("ad_break", None),
    ]
