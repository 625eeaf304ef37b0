"""A headless Chromium, driven through its debugging protocol, for tests that need a browser."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import websocket

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PATH = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
_OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
    "--no-first-run", "--remote-debugging-port=0", "--remote-allow-origins=*",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip


class Tab:
    """One tab; every message, request and dialogue since it was opened is in `events`."""

    def __init__(self, address: str) -> None:
        self.socket = websocket.create_connection(address, timeout=60)
        self.count, self.events = 0, []
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)

    def call(self, method: str, **params) -> dict:
        self.count += 1
        self.socket.send(json.dumps({"id": self.count, "method": method, "params": params}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self._note(answer)

    def _note(self, event: dict) -> None:
        self.events.append(event)
        if event["method"] == "Page.javascriptDialogOpening":  # else the page stands still
            self.socket.send(json.dumps({"id": 0, "method": "Page.handleJavaScriptDialog",
                                         "params": {"accept": True}}))  # fmt: skip

    def open(self, url: str) -> None:
        """Go to a page and wait until it is loaded."""
        self.events.clear()
        self.call("Page.navigate", url=url)
        there = {"Page.loadEventFired", "Page.navigatedWithinDocument"}
        while there.isdisjoint(event["method"] for event in self.events):
            self._note(json.loads(self.socket.recv()))

    def value(self, script: str):
        """The value of a JavaScript expression."""
        said = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in said:
            raise RuntimeError(said["exceptionDetails"]["exception"]["description"])
        return said["result"].get("value")

    def key(self, name: str) -> None:
        """Press a key that has no letter, such as Tab."""
        code = {"Tab": 9, "Escape": 27, "End": 35, "Home": 36, "ArrowUp": 38, "ArrowDown": 40}[name]
        about = {"key": name, "code": name, "windowsVirtualKeyCode": code}
        for kind in ("rawKeyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, **about)

    def look(self, scheme: str = "light", width: int = 1100, height: int = 800) -> None:
        """Be a screen of this size whose user prefers this scheme."""
        media = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", features=media)
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=width < 600,
        )  # fmt: skip

    def frame(self) -> "Tab":
        """The frame within the page that keeps to itself, once it is there."""
        port = self.socket.sock.getpeername()[1]
        return Tab(_address(port, "iframe"))

    def named(self, method: str) -> list[dict]:
        """The events of one name, such as ``Page.javascriptDialogOpening``."""
        return [event["params"] for event in self.events if event["method"] == method]


@contextmanager
def tab():
    """A tab of a browser that ends with the block."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        command = [PATH, *_OPTIONS, f"--user-data-dir={folder}", "about:blank"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, **quiet)
        try:
            yield Tab(_address(_port(Path(folder), process), "page"))
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


def _port(folder: Path, process: subprocess.Popen) -> int:
    """The port that the browser writes down."""
    for _ in _patiently():
        if process.poll() is not None:
            raise RuntimeError(f"{PATH} ended with {process.returncode} before it listened")
        written = folder / "DevToolsActivePort"
        if written.exists() and (port := re.match(r"\d+", written.read_text())):
            return int(port[0])
    raise RuntimeError(f"{PATH} did not start")


def _address(port: int, kind: str) -> str:
    """The socket of the first page or frame."""
    opener = build_opener(ProxyHandler({}))
    for _ in _patiently():
        with opener.open(f"http://127.0.0.1:{port}/json/list", timeout=30) as answer:
            found = [one for one in json.load(answer) if one["type"] == kind]
        if found:
            return found[0]["webSocketDebuggerUrl"]
    raise RuntimeError(f"the browser has no {kind}")


def _patiently(seconds: float = 60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
        time.sleep(0.1)
