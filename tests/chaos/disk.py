"""A small disk that can be filled and made read-only."""

import contextlib
import resource
import shutil
import subprocess

DISK = 64  # MiB


class Disk:
    """Where the runs lie: a small disk, if this process may mount one, or a directory."""

    def __init__(self, path):
        self.path = path
        self._options = f"size={DISK}m"
        self._is_mounted = self._mount("tmpfs", "-t", "tmpfs", "-o", self._options)
        self._filler = path / ".." / "filler" if not self._is_mounted else path / "filler"

    def _mount(self, what, *options):
        command = ["mount", *options, what, str(self.path)]
        return (
            shutil.which("mount") and subprocess.run(command, capture_output=True).returncode == 0
        )

    def unmount(self):
        if self._is_mounted:
            subprocess.run(["umount", str(self.path)], check=True)

    def fill(self, processes, room):
        """Leaves `room` bytes."""
        if self._is_mounted:
            free = shutil.disk_usage(self.path).free
            with contextlib.suppress(OSError):  # the command has written in the meantime
                self._filler.write_bytes(bytes(max(0, free - room)))
            return
        for process in processes:
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (room, room))

    def make_read_only(self):
        """Files that are open for writing keep a disk writable."""
        if self._is_mounted:
            self._mount("tmpfs", "-o", f"remount,ro,{self._options}")
        else:
            self.path.chmod(0o555)  # which root does not notice

    def restore(self):
        """Makes the disk as it was."""
        if self._is_mounted:
            self._mount("tmpfs", "-o", f"remount,rw,{self._options}")
            self._filler.unlink(missing_ok=True)
        else:
            self.path.chmod(0o755)
