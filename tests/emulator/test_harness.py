from google.cloud.firestore import Client

from infra.local.processes import ROOT


def test_two_projects_do_not_see_each_other(project, firestore_emulator):
    Client(project=project).document("a/b").set({"x": 1})
    firestore_emulator.load_rules("demo-other", (ROOT / "firestore.rules").read_text())
    assert not Client(project="demo-other").document("a/b").get().exists
