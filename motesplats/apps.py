from django.apps import AppConfig


class MotesplatsConfig(AppConfig):
    name = "motesplats"

    def ready(self) -> None:
        """Make the Celery application the default one, so that the web's threads send to it too."""
        from motesplats.celery import app

        app.set_default()
