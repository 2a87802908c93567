"""What a stack forgets when it starts empty."""

from __future__ import annotations

from infra.local.stack_state import State


def test_a_reset_forgets_the_data_and_nothing_that_lies_beside_it(tmp_path):
    state = State(tmp_path)
    state.make()
    for file in (state.messages, state.log("sweep"), state.clock("sweep"), state.tls / "ca.pem"):
        file.parent.mkdir(exist_ok=True)
        file.touch()
    (tmp_path / "functions.yaml").touch()
    state.clear()
    kept = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert kept == {"functions.yaml", "tls/ca.pem", "keys/audit.json"}
