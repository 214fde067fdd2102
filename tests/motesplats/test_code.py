"""What a demo user's app shows, after the vectors of RFC 6238."""

import json

import pytest

from motesplats.embedded.code import SECONDS, code, main

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(
    ("moment", "shown"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_the_code_of_a_moment(moment, shown):
    assert code(SECRET, step=moment // SECONDS) == shown


def test_it_is_printed_for_a_demo_user_and_for_nobody_else(tmp_path, monkeypatch, capsys):
    users = {"users": [{"username": "kansli", "totp_secret": SECRET}]}
    (tmp_path / "demo.json").write_text(json.dumps(users))
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setattr("time.time_ns", lambda: 59 * 10**9)
    monkeypatch.setattr("sys.argv", ["code", "kansli"])
    main()
    assert capsys.readouterr().out == "287082\n"
    monkeypatch.setattr("sys.argv", ["code", "nobody"])
    with pytest.raises(SystemExit, match="one of: kansli"):
        main()
