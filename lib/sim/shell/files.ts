/** What is in the file system of a simulated container: folders with their names, files with their text. */
export const files: Readonly<Record<string, string>> = {
  "/bin/ash": "", "/bin/sh": "", "/bin/cat": "", "/bin/echo": "", "/bin/ls": "", "/bin/ps": "", "/bin/app": "#!/bin/sh\n",
  "/etc/hostname": "", "/etc/os-release": 'NAME="Simulated"\nID=simulated\n', "/etc/passwd": "root:x:0:0:root:/:/bin/sh\n", "/etc/group": "root:x:0:\n",
  "/app/config.json": '{ "port": 8080 }\n', "/app/README": "Nothing in here is real. Try ls, cat, env, ps, echo.\n",
  "/tmp/.keep": "", "/proc/version": "Linux version 6.1.0 (simulated)\n", "/www/healthz": "ok\n",
}; // biome-ignore format: a list

/** A path as it is from a folder. */
export function resolvePath(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${folder}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

export function isFolder(path: string): boolean {
  const start = path === "/" ? "/" : `${path}/`;
  return Object.keys(files).some((name) => name.startsWith(start));
}

/** Names in a folder, in order. */
export function namesIn(path: string): string[] {
  const start = path === "/" ? "/" : `${path}/`;
  const names = Object.keys(files)
    .filter((name) => name.startsWith(start))
    .map((name) => name.slice(start.length).split("/")[0] ?? "");
  return [...new Set(names)].filter((name) => !name.startsWith(".")).sort();
}
