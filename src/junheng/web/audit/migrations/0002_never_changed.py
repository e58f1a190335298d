"""Refuse to change or remove rows of the log."""

from django.db import migrations

from junheng.web.audit.triggers import put_up, take_down


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: put_up(editor.connection),
            lambda apps, editor: take_down(editor.connection),
        )
    ]
