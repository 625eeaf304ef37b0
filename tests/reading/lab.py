"""A JupyterLab of its own on this machine, with one notebook open in a headless browser."""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "only-for-this-test"
PATIENCE = 180  # seconds; a cold JupyterLab on a busy machine takes its time
_CONFIG = "c.LabApp.news_url = None\nc.ServerApp.open_browser = False\n"
_SETTINGS = {"themes": {"adaptive-theme": True}, "notification": {"fetchNews": "false"}}


@contextmanager
def lab(folder: Path, source: str):
    """The address of a notebook with one cell, served from `folder` until the block ends."""
    cell = nbformat.v4.new_code_cell(source)
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel})
    nbformat.write(notebook, folder / "review.ipynb")
    home = folder / "home"
    settings = home / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    for name, wanted in _SETTINGS.items():
        (settings / f"{name}.jupyterlab-settings").write_text(json.dumps(wanted))
    (home / "config").mkdir()
    (home / "config" / "jupyter_server_config.py").write_text(_CONFIG)
    (home / "config" / "jupyter_lab_config.py").write_text(_CONFIG)
    places = {
        "HOME": home,
        "IPYTHONDIR": home / "ipython",
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": home / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        "PYTHONPATH": os.pathsep.join(map(str, (ROOT, ROOT / "tests"))),
    }
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port=0"),
        *("--ip=127.0.0.1", f"--ServerApp.root_dir={folder}", f"--IdentityProvider.token={TOKEN}"),
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    with (folder / "lab.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            env=os.environ | {name: str(place) for name, place in places.items()},
            cwd=folder,
            stdout=log,
            stderr=log,
        )
        try:
            port = _port(home / "runtime", process, folder / "lab.log")
            yield f"http://127.0.0.1:{port}/lab/tree/review.ipynb?token={TOKEN}"
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()


def _port(runtime: Path, process: subprocess.Popen, log: Path) -> int:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"JupyterLab ended with {process.returncode}:\n{log.read_text()}")
        for path in runtime.glob("jpserver-*.json"):
            try:
                return json.loads(path.read_text())["port"]
            except (ValueError, KeyError):
                pass  # half written
        time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()}")


def until(tab, script: str, patience: float = PATIENCE):
    """The first true value of a JavaScript expression."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if found := tab.value(script):
            return found
        time.sleep(0.1)
    raise AssertionError(f"never came true: {script}")


#: key -> its code and number, where it types no character.
_NAMED = {"Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowRight": 39, "ArrowDown": 40}


def press(tab, *keys: str, modifiers: int = 0) -> None:
    """Press keys one after the other; a longer word that names no key is typed letter by letter."""
    for word in keys:
        for key in [word] if word in _NAMED else word:
            about = {"key": key, "modifiers": modifiers}
            if key in _NAMED:
                about |= {"code": key, "windowsVirtualKeyCode": _NAMED[key]}
                text = "\r" if key == "Enter" else ""
            else:
                about |= {"windowsVirtualKeyCode": ord(key.upper())}
                text = key
            tab.call("Input.dispatchKeyEvent", type="keyDown", text=text, **about)
            tab.call("Input.dispatchKeyEvent", type="keyUp", **about)


def click(tab, selector: str) -> None:
    """Click in the middle of the first element that a CSS selector finds."""
    box = f"document.querySelector({json.dumps(selector)})"
    tab.value(f"{box}.scrollIntoView({{block: 'center'}})")
    middle = tab.value(
        f"(r => [r.x + r.width / 2, r.y + r.height / 2])({box}.getBoundingClientRect())"
    )
    for kind in ("mousePressed", "mouseReleased"):
        tab.call(
            "Input.dispatchMouseEvent",
            type=kind, x=middle[0], y=middle[1], button="left", clickCount=1,
        )  # fmt: skip
