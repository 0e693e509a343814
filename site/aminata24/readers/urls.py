"""Readers' URLs, all below /compte/, in French; allauth's views under the names it looks for."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from allauth.urls import build_provider_urlpatterns
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from aminata24.readers import views

urlpatterns = [
    path("", views.account, name="account"),
    path("nom/", views.profile, name="account_profile"),
    path("donnees/", views.data, name="account_data"),
    path("donnees/telecharger/", views.download_data, name="account_download_data"),
    path("supprimer/", views.delete, name="account_delete"),
    path("supprime/", views.deleted, name="account_deleted"),
    # In and out
    path("connexion/", account.login, name="account_login"),
    path("connexion/code/", account.request_login_code, name="account_request_login_code"),
    path("connexion/code/saisir/", account.confirm_login_code, name="account_confirm_login_code"),
    path("connexion/cle/", views.LoginPasskeyView.as_view(), name="mfa_login_webauthn"),
    path("connexion/verifier/", second_factor.authenticate, name="mfa_authenticate"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("inscription/", account.signup, name="account_signup"),
    path("reserve/", views.reserved, name="account_reserved"),
    path("ferme/", account.account_inactive, name="account_inactive"),
    # The address
    path("adresse/", account.email, name="account_email"),
    path("adresse/confirmer/", account.email_verification_sent, name="account_email_verification_sent"),
    path("adresse/confirmer/<str:key>/", account.confirm_email, name="account_confirm_email"),
    # The password
    path("mot-de-passe/", account.password_change, name="account_change_password"),
    path("mot-de-passe/choisir/", account.password_set, name="account_set_password"),
    path("mot-de-passe/oublie/", views.PasswordResetView.as_view(), name="account_reset_password"),
    path("mot-de-passe/oublie/envoye/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/nouveau/fait/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # Is it still you?
    path("confirmer/", account.reauthenticate, name="account_reauthenticate"),
    path("confirmer/code/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("confirmer/cle/", views.ReauthenticatePasskeyView.as_view(), name="mfa_reauthenticate_webauthn"),
    # The second factor
    path("securite/", second_factor.index, name="mfa_index"),
    path("securite/application/", app.activate_totp, name="mfa_activate_totp"),
    path("securite/application/retirer/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("securite/cles/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("securite/cles/ajouter/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("securite/cles/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("securite/cles/<int:pk>/retirer/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("securite/codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("securite/codes/nouveaux/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("securite/codes/telecharger/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("appareils/", sessions.list_usersessions, name="usersessions_list"),
    # Other sites' accounts, where settings switch them on
    path("autres-comptes/", social.connections, name="socialaccount_connections"),
    path("autres-comptes/inscription/", social.signup, name="socialaccount_signup"),
    path("autres-comptes/annule/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("autres-comptes/erreur/", social.login_error, name="socialaccount_login_error"),
    *build_provider_urlpatterns(),
]
