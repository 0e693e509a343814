"""The list of those who are kept out: made from a comment or by hand, lifted here."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail_modeladmin.views import CreateView, DeleteView, EditView, IndexView

from aminata24.comments import moderation
from aminata24.comments.desk.views import KnownParameters
from aminata24.comments.models import Ban
from aminata24.readers.models import User


class BanForm(WagtailAdminModelForm):
    """A ban by hand: by e-mail address, and by the account that has it."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    reject_waiting = forms.BooleanField(
        label=gettext_lazy("Reject what waits from this person"), required=False, initial=True
    )

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if Ban.objects.of(None, email, "").exists():
            raise ValidationError(_("This person is banned already."))
        return email

    def save(self, commit: bool = True) -> Ban:
        """Ban as the desk does; what was banned by somebody else in this moment stays as it is."""
        email = self.cleaned_data["email"]
        reader = User.objects.filter(email=email).first()
        moderation.ban(
            cast(User, self.for_user),
            reader,
            email,
            reason=self.cleaned_data["reason"],
            reject_waiting=self.cleaned_data["reject_waiting"],
        )
        return Ban.objects.of(None, email, "")[0]


class BanListView(KnownParameters, IndexView):
    """Who is kept out, the latest first."""

    FORMATS = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            may_change=self.permission_helper.user_can_edit_obj(user, None),
            may_lift=self.permission_helper.user_can_delete_obj(user, None),
            **kwargs,
        )


class BanCreateView(CreateView):
    """Keep somebody out."""

    page_title = gettext_lazy("Ban")

    def get_page_subtitle(self) -> str:
        return _("a person")

    def get_meta_title(self) -> str:
        return _("Ban a person")

    def get_edit_handler(self) -> ObjectList:
        panels = [FieldPanel("email"), FieldPanel("reason"), FieldPanel("reject_waiting")]
        return ObjectList(panels, base_form_class=BanForm).bind_to_model(Ban)

    def form_valid(self, form: BanForm) -> HttpResponse:
        # The ban is in the log already, by the name all bans have there.
        form.save()
        messages.success(self.request, _("%(name)s is banned.") % {"name": form.cleaned_data["email"]})
        return redirect(self.index_url)


class BanEditView(EditView):
    """Say better why; whom a ban is for doesn't change."""

    def get_edit_handler(self) -> ObjectList:
        held = [name for name in ("reader", "email") if getattr(self.instance, name)]
        panels = [*(FieldPanel(name, read_only=True) for name in held), FieldPanel("reason")]
        return ObjectList(panels).bind_to_model(Ban)


class BanLiftView(DeleteView):
    """Let a person in again."""

    page_title = gettext_lazy("Lift the ban")

    def get_meta_title(self) -> str:
        return _("Lift the ban")

    def confirmation_message(self) -> str:
        return _("Let this person comment again? What was rejected stays rejected.")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        moderation.lift(self.instance, cast(User, request.user))
        messages.success(request, _("The ban is lifted."))
        return redirect(self.index_url)
