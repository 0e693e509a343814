"""
The newsroom's roles, and the workflow "Relecture" that takes an article from a reporter to an editor.

Wagtail's own migrations made two groups, "Editors" and "Moderators", and a workflow for the latter. Ours takes
the two names over and says anew what they may do; undone, they may again what Wagtail gave them.
"""

from collections.abc import Iterable
from typing import Any

import swapper
from django.conf import settings
from django.db import migrations

WRITE_FILES = ("wagtailimages.image: add choose", "wagtaildocs.document: add choose")
MANAGE_FILES = ("wagtailimages.image: add change choose", "wagtaildocs.document: add change choose")
TICKER = "news.breakingnews: add change delete publish lock unlock"
ADVERTISING = ("ads.placement: add change delete", "ads.campaign: add change delete publish lock unlock")
BYLINES = ("news.author: add change delete", "news.topic: add change delete")
# Results put on top of a search; who may see to them also sees what readers search for.
PROMOTIONS = "wagtailsearchpromotions.searchpromotion: add change delete"

# What each group may do, as "app.model: actions": everywhere, in the whole page tree, in all collections of files.
ROLES = {
    # Write, change what is their own and submit it; an editor publishes it.
    "Reporters": {
        "everywhere": ("wagtailadmin.admin: access",),
        "pages": "add",
        "files": WRITE_FILES,
    },
    "Editors": {
        "everywhere": ("wagtailadmin.admin: access", TICKER, *BYLINES, PROMOTIONS),
        "pages": "add change publish lock unlock",
        "files": MANAGE_FILES,
    },
    "Editors-in-chief": {
        "everywhere": (
            "wagtailadmin.admin: access",
            TICKER,
            *BYLINES,
            PROMOTIONS,
            *ADVERTISING,
            "theme.brandsettings: change",
            "theme.menusettings: change",
            "theme.consentsettings: change",
            "readers.user: add change delete",
            "newsletter.subscriber: view delete",
            "wagtailcore.workflow: add change delete",
            "wagtailcore.task: add change delete",
            "wagtailredirects.redirect: add change delete",
        ),
        "pages": "add change publish lock unlock bulk_delete",
        "files": (*MANAGE_FILES, "wagtailcore.collection: add change delete"),
    },
    # Answer readers' comments, once there are any.
    "Moderators": {"everywhere": ("wagtailadmin.admin: access",), "pages": "", "files": ()},
    "Sales": {
        "everywhere": ("wagtailadmin.admin: access", *ADVERTISING),
        "pages": "",
        "files": ("wagtailimages.image: add choose",),
    },
}
REVIEWERS = ("Editors", "Editors-in-chief")
WORKFLOW = "Relecture"

# What Wagtail's migrations gave its groups, and what they called their workflow and its only task.
WAGTAIL_FILES = ("wagtailimages.image: add change choose delete", "wagtaildocs.document: add change choose delete")
WAGTAIL_ROLES = {
    "Editors": {
        "everywhere": ("wagtailadmin.admin: access", *WAGTAIL_FILES),
        "pages": "add change",
        "files": MANAGE_FILES,
    },
    "Moderators": {
        "everywhere": ("wagtailadmin.admin: access", *WAGTAIL_FILES),
        "pages": "add change publish lock unlock",
        "files": MANAGE_FILES,
    },
}
WAGTAIL_REVIEWERS = ("Moderators",)
WAGTAIL_WORKFLOW = "Moderators approval"


def make_roles(apps: Any, schema_editor: Any) -> None:
    """Make our groups and our workflow."""
    for name, role in ROLES.items():
        _make_group(apps, name, role)
    _make_workflow(apps, WAGTAIL_WORKFLOW, WORKFLOW, REVIEWERS)


def undo_roles(apps: Any, schema_editor: Any) -> None:
    """Back to Wagtail's groups and workflow."""
    for name, role in WAGTAIL_ROLES.items():
        _make_group(apps, name, role)
    _make_workflow(apps, WORKFLOW, WAGTAIL_WORKFLOW, WAGTAIL_REVIEWERS)
    apps.get_model("auth.Group").objects.filter(name__in=set(ROLES) - set(WAGTAIL_ROLES)).delete()


def _make_group(apps: Any, name: str, role: dict[str, Any]) -> None:
    """Make a group able to do what its role says, and nothing else."""
    group, _created = apps.get_model("auth.Group").objects.get_or_create(name=name)
    group.permissions.set(_permissions(apps, role["everywhere"]))

    page_model = swapper.get_model_name("wagtailcore", "Page")
    root_page = apps.get_model(page_model).objects.get(depth=1)
    on_pages = apps.get_model("wagtailcore.GroupPagePermission").objects
    on_pages.filter(group=group).delete()
    for permission in _permissions(apps, [f"{page_model}: {role['pages']}"]):
        on_pages.create(group=group, page=root_page, permission=permission)

    root_collection = apps.get_model("wagtailcore.Collection").objects.get(depth=1)
    on_collections = apps.get_model("wagtailcore.GroupCollectionPermission").objects
    on_collections.filter(group=group).delete()
    for permission in _permissions(apps, role["files"]):
        on_collections.create(group=group, collection=root_collection, permission=permission)


def _permissions(apps: Any, grants: Iterable[str]) -> list[Any]:
    """The permissions that some "app.model: actions" name; Django makes its own only after the last migration."""
    content_types = apps.get_model("contenttypes.ContentType").objects
    permissions = apps.get_model("auth.Permission").objects
    found = []
    for grant in grants:
        label, actions = grant.split(":")
        options = apps.get_model(label)._meta
        content_type, _created = content_types.get_or_create(app_label=options.app_label, model=options.model_name)
        for action in actions.split():
            permission, _created = permissions.get_or_create(
                content_type=content_type,
                codename=f"{action}_{options.model_name}",
                defaults={"name": f"Can {action} {options.verbose_name}"},
            )
            found.append(permission)
    return found


def _make_workflow(apps: Any, replaced: str, name: str, reviewers: Iterable[str]) -> None:
    """Give every page one workflow, in which a member of these groups approves, by renaming the one it replaces."""
    task_model = apps.get_model("wagtailcore.GroupApprovalTask")
    options = task_model._meta
    content_type, _created = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label=options.app_label, model=options.model_name
    )
    task = task_model.objects.filter(name=replaced).first() or task_model(content_type=content_type)
    task.name = name
    task.active = True
    task.save()
    task.groups.set(apps.get_model("auth.Group").objects.filter(name__in=reviewers))

    workflow_model = apps.get_model("wagtailcore.Workflow")
    workflow = workflow_model.objects.filter(name=replaced).first() or workflow_model()
    workflow.name = name
    workflow.active = True
    workflow.save()
    apps.get_model("wagtailcore.WorkflowTask").objects.get_or_create(workflow=workflow, task=task)
    root_page = apps.get_model(swapper.get_model_name("wagtailcore", "Page")).objects.get(depth=1)
    apps.get_model("wagtailcore.WorkflowPage").objects.update_or_create(page=root_page, defaults={"workflow": workflow})


class Migration(migrations.Migration):
    dependencies = [
        ("ads", "0002_initial"),
        ("news", "0002_initial"),
        ("newsletter", "0001_initial"),
        ("readers", "0001_initial"),
        ("theme", "0001_initial"),
        ("wagtailadmin", "0003_admin_managed"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0001_initial"),
        ("wagtailsearchpromotions", "0001_initial"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [migrations.RunPython(make_roles, undo_roles)]
