"""Hosting as firebase.json says: files, headers, rewrites to functions, and the emulators' addresses."""

import http.server
import json
import re
import socket
import threading

import pytest
import requests

from infra.deployment import load
from infra.local.processes import ROOT, Program, free_port

AUTH, FIRESTORE = "http://127.0.0.1:9099", "http://127.0.0.1:8080"
WEB_CONFIG = {"projectId": "demo-alert-online", "apiKey": "local", "emulators": {"auth": AUTH}}
KEPT = "public, max-age=31536000, immutable"


class Function(http.server.BaseHTTPRequestHandler):
    """Answers what it was asked; /api/stream in two parts, the second after `release` is set."""

    protocol_version = "HTTP/1.1"
    release = threading.Event()

    def _echo(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        answer = {"path": self.path, "headers": dict(self.headers), "bytes": len(body)}
        content = json.dumps(answer | {"method": self.command}).encode()
        self.send_response(418 if "teapot" in self.path else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Cache-Control", "public")
        self.send_header("ETag", '"7"')
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def do_GET(self):
        if self.path != "/api/stream":
            return self._echo()
        self.send_response(200)
        self.send_header("Content-Length", "10")
        self.end_headers()
        self.wfile.write(b"first")
        self.release.wait(10)
        return self.wfile.write(b"later")

    do_HEAD = do_POST = do_PATCH = do_DELETE = do_OPTIONS = _echo  # noqa: N815

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def function():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Function)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def start(folder, config, *targets, more=()):
    port = free_port()
    command = ["node", "infra/local/hosting.mjs", "--port", str(port), "--config", str(config)]
    command += ["--web-config", json.dumps(WEB_CONFIG), "--connect", AUTH, "--connect", FIRESTORE]
    for target in targets:
        command += ["--target", target]
    program = Program("hosting", [*command, *more], folder / "hosting.log")
    program.wait_until_answers(f"http://127.0.0.1:{port}/")
    return program, f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def serve(tmp_path_factory, function, built_site):
    """Serves a site of the repository's own firebase.json."""
    programs = []

    def start_site(target, *more):
        folder = tmp_path_factory.mktemp(target)
        functions = (f"staff_api={function}", f"public_api={function}")
        program, url = start(folder, ROOT / "firebase.json", *functions, more=["--site", target, *more])
        programs.append(program)
        return url

    yield start_site
    for program in programs:
        program.stop()


@pytest.fixture(scope="module")
def site(serve):
    """The staff's."""
    return serve("admin")


@pytest.fixture(scope="module")
def residents(serve):
    return serve("residents")


def get(url, **options):
    return requests.get(url, timeout=60, allow_redirects=False, **options)


# The repository's firebase.json


def declared(target):
    hosting = json.loads((ROOT / "firebase.json").read_text())["hosting"]
    return next(site for site in hosting if site["target"] == target)


def declared_policy(target="admin"):
    return next(
        header["value"]
        for rule in declared(target)["headers"]
        for header in rule["headers"]
        if header["key"] == "Content-Security-Policy"
    )


def directives(policy):
    return {name: set(sources) for name, *sources in (part.split() for part in policy.split(";"))}


def test_the_page_is_served(site):
    answer = get(f"{site}/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "Alert Online" in answer.text


def test_only_the_emulators_are_added_to_the_policy(site):
    served, written = (
        directives(get(f"{site}/").headers["Content-Security-Policy"]),
        directives(declared_policy()),
    )
    assert served.pop("connect-src") == written.pop("connect-src") | {AUTH, FIRESTORE}
    assert served == written


def test_all_other_declared_headers_are_unchanged(site):
    answer = get(f"{site}/")
    for rule in declared("admin")["headers"]:
        for header in rule["headers"]:
            if rule["source"] == "**" and header["key"] != "Content-Security-Policy":
                assert answer.headers[header["key"]] == header["value"]


def test_the_web_config_is_at_its_reserved_address(site):
    answer = get(f"{site}/__/firebase/init.json")
    assert (answer.json(), answer.headers["Cache-Control"]) == (WEB_CONFIG, "no-store")


def test_the_api_goes_to_the_function_with_all_it_was_sent(site):
    answer = requests.patch(
        f"{site}/api/alerts/1?x=ż%20y",
        data=b"z" * 3_000_000,
        headers={"Authorization": "Bearer t", "If-Match": '"7"', "Cookie": "a=1; __session=s; b=2"},
        timeout=60,
    )
    seen = answer.json()
    headers = {name.lower(): value for name, value in seen["headers"].items()}
    assert (seen["method"], seen["path"], seen["bytes"]) == ("PATCH", "/api/alerts/1?x=%C5%BC%20y", 3_000_000)
    assert (headers["authorization"], headers["if-match"], headers["cookie"]) == (
        "Bearer t",
        '"7"',
        "__session=s",
    )
    assert headers["x-forwarded-host"] == site.removeprefix("http://")
    assert (answer.headers["ETag"], answer.headers["Cache-Control"]) == ('"7"', "no-store")


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE", "OPTIONS"])
def test_every_method_reaches_the_function(site, method):
    answer = requests.request(method, f"{site}/api/teapot", timeout=60)
    assert answer.status_code == 418
    assert method == "HEAD" or answer.json()["method"] == method


def test_an_answer_is_streamed(site):
    Function.release.clear()
    with requests.get(f"{site}/api/stream", stream=True, timeout=60) as answer:
        assert answer.raw.read(5) == b"first"
        Function.release.set()
        assert answer.raw.read(5) == b"later"


def test_what_is_not_there_is_not_found(site):
    answer = get(f"{site}/nothing/here.js")
    assert (answer.status_code, answer.headers["X-Content-Type-Options"]) == (404, "nosniff")


@pytest.mark.parametrize(
    "path", ["/../firebase.json", "/%2e%2e/firebase.json", "/..%2ffirebase.json", "/%E0%A4%A"]
)
def test_nothing_outside_the_public_folder_is_served(site, path):
    with socket.create_connection(("127.0.0.1", int(site.rpartition(":")[2])), timeout=60) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = connection.makefile("rb").read()
    assert answer.split()[1] in {b"400", b"404"}
    assert b"rewrites" not in answer


# The residents' site


def test_what_the_residents_site_sends_to_the_function_is_what_the_function_is_declared_for():
    rewrites = declared("residents")["rewrites"]
    sent = [rule["source"] for rule in rewrites if rule.get("run", {}).get("serviceId") == "public-api"]
    assert sent == load().functions["public_api"].trigger.http


@pytest.mark.parametrize(
    "path",
    [
        "/a/x1",
        "/a/x1.json",
        "/a/x1/notice",
        "/alerts",
        "/alerts/1209033",
        "/alerts/1209033.json",
        "/municipalities.json",
    ],
)
def test_a_public_page_is_the_functions_and_cached_as_it_says(residents, path):
    answer = get(f"{residents}{path}")
    assert (answer.json()["path"], answer.headers["Cache-Control"]) == (path, "public")


@pytest.mark.parametrize(
    "path", ["/", "/app/settings", "/sw.js", "/css/public.css", "/js/verify/page.js", "/manifest.webmanifest"]
)
def test_a_file_of_the_residents_site_is_revalidated(residents, path):
    answer = get(f"{residents}{path}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")


def test_a_file_that_is_named_by_its_content_is_kept(residents):
    named = re.findall(r'"(/(?:js|css)/[^"]+)"', get(f"{residents}/").text)
    assert len(named) > 3
    for path in named:
        answer = get(f"{residents}{path}")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, KEPT), path


@pytest.mark.parametrize("path", ["/js/main.js", "/sw/state.js", "/vendor/firebase.js", "/source/js/main.js"])
def test_sources_of_the_residents_site_are_not_deployed(residents, path):
    assert get(f"{residents}{path}").status_code == 404


def test_tests_of_one_module_find_the_sources_beside_the_site(serve):
    site = serve("residents", "--sources", str(ROOT / "web-residents"))
    for path in ("/source/js/main.js", "/source/sw/state.js", "/source/vendor/h3.js"):
        answer = get(f"{site}{path}")
        assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (
            200,
            "application/javascript",
        )
    assert get(f"{site}/js/main.js").status_code == 404
    assert get(f"{site}/").status_code == 200


def test_the_residents_site_connects_to_google_alone_for_what_it_does():
    policy = directives(declared_policy("residents"))
    assert policy["script-src"] == policy["worker-src"] == policy["manifest-src"] == {"'self'"}
    google = {source.removesuffix(".googleapis.com") for source in policy["connect-src"] - {"'self'"}}
    names = ("identitytoolkit", "securetoken", "firestore", "firebaseinstallations", "fcmregistrations")
    assert google == {f"https://{name}" for name in names}


def test_without_a_stand_in_for_fcm_there_is_no_stream_of_pushes(residents):
    assert get(f"{residents}/__/push?token=t").status_code == 404


# Other declarations


@pytest.fixture
def other_site(tmp_path, function):
    programs = []

    def make(hosting):
        (tmp_path / "public").mkdir(exist_ok=True)
        (tmp_path / "public" / "index.html").write_text("<p>home</p>")
        (tmp_path / "firebase.json").write_text(json.dumps({"hosting": hosting}))
        program, url = start(
            tmp_path,
            tmp_path / "firebase.json",
            f"staff_api={function}",
            f"down=http://127.0.0.1:{free_port()}",
        )
        programs.append(program)
        return url

    yield make
    for program in programs:
        program.stop()


def rewritten(run):
    return {"public": "public", "rewrites": [{"source": "/api/**", **run}]}


@pytest.mark.parametrize(
    "run",
    [
        {"run": {"serviceId": "staff_api"}},
        {"run": {"serviceId": "staff-api"}},
        {"function": "staff_api"},
        {"function": {"functionId": "staff_api"}},
    ],
)
def test_a_rewrite_names_the_function_in_any_form(other_site, run):
    assert get(f"{other_site(rewritten(run))}/api/x").json()["path"] == "/api/x"


@pytest.mark.parametrize("service", ["down", "unknown"])
def test_a_function_that_does_not_answer_is_a_problem(other_site, service):
    answer = get(f"{other_site(rewritten({'run': {'serviceId': service}}))}/api/x")
    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "application/problem+json")
    assert (answer.json()["status"], answer.json()["title"]) == (502, "Bad Gateway")


def test_the_first_of_several_targets_is_served(other_site):
    url = other_site([{"target": "staff", "public": "public"}, {"target": "residents", "public": "other"}])
    assert get(f"{url}/").text == "<p>home</p>"


def policy_header(value):
    header = {"key": "content-security-policy", "value": value}
    return {"public": "public", "headers": [{"source": "**", "headers": [header]}]}


@pytest.mark.parametrize(
    ("declared", "served"),
    [
        ("default-src 'self'", f"default-src 'self'; connect-src 'self' {AUTH} {FIRESTORE}"),
        ("connect-src 'none'; img-src *", f"connect-src {AUTH} {FIRESTORE}; img-src *"),
        ("img-src *", "img-src *"),
    ],
)
def test_a_policy_is_widened_only_as_far_as_it_restricts(other_site, declared, served):
    url = other_site(policy_header(declared))
    assert get(f"{url}/").headers["Content-Security-Policy"] == served


def test_hosting_goes_on_after_a_visitor_left(other_site):
    Function.release.clear()
    url = other_site(rewritten({"function": "staff_api"}))
    requests.get(f"{url}/api/stream", stream=True, timeout=30).close()
    Function.release.set()
    assert get(f"{url}/api/x").ok
