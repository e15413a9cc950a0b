"""Collects files, each with the program that wrote it, its version and its true type."""
import functools
import json
import pathlib
import platform
import subprocess


class Corpus:
    def __init__(self, folder, node_modules):
        self.folder = pathlib.Path(folder)
        self.inputs = self.folder / "inputs"
        self.outputs = self.folder / "files"
        self.inputs.mkdir(parents=True)
        self.outputs.mkdir()
        self.node_modules = node_modules
        self.files = {}
        self.failures = []

    def add(self, name, media_type, writer, data, upload_name=None):
        """Adds a file with known bytes."""
        if name in self.files:
            raise ValueError(f"Two files are named {name}.")
        (self.outputs / name).write_bytes(data)
        self.files[name] = (media_type, writer, version(writer, self.node_modules), upload_name or name)

    def run(self, name, media_type, writer, command, upload_name=None):
        """Adds the file that a shell command writes to $OUT; its inputs are in the working folder."""
        try:
            self.add(name, media_type, writer, self.make(command, name), upload_name)
        except RuntimeError as failure:
            self.failures.append(f"{writer}: {failure}")

    def make(self, command, name="made"):
        """Returns the bytes that a shell command writes to $OUT."""
        out = self.folder / name
        result = subprocess.run(
            ["bash", "-ec", command], cwd=self.inputs, capture_output=True, timeout=180,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/bin", "OUT": str(out), "HOME": str(self.folder),
                 "NODE_PATH": str(self.node_modules), "LC_ALL": "C.UTF-8"})
        if result.returncode or not out.is_file() or out.stat().st_size == 0:
            raise RuntimeError(f"{name} was not written: {result.stderr.decode(errors='replace')[-300:]}")
        data = out.read_bytes()
        out.unlink()
        return data


@functools.cache
def version(writer, node_modules):
    """The version of a Debian package, an npm package ("npm:…") or Python ("python")."""
    if writer == "python":
        return platform.python_version()
    if writer.startswith("npm:"):
        return json.loads((pathlib.Path(node_modules) / writer[4:] / "package.json").read_text())["version"]
    if writer in ("hand", "node"):
        return "" if writer == "hand" else subprocess.check_output(["node", "--version"], text=True).strip("v\n")
    return subprocess.check_output(["dpkg-query", "-W", "-f", "${Version}", writer], text=True)
