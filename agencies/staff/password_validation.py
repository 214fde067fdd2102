"""What follows when a password is changed, wherever that is: Django tells every password validator."""

from django.contrib.auth.base_user import AbstractBaseUser

from agencies.models import ApiToken


class EndsToken:
    """Accepts every password; a new one ends the user's API token."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Accept it."""

    def get_help_text(self) -> str:
        return ""

    def password_changed(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if user is not None:
            ApiToken.objects.filter(user=user.pk).delete()
