import { files, isFolder, namesIn, resolvePath } from "./files.ts";

/** What a toy shell knows. */
export interface ShellState {
  folder: string;
  readonly env: Map<string, string>;
  readonly hostname: string;
  readonly user: string;
  /** `PID command` of what runs in the container. */
  readonly processes: () => readonly (readonly [number, string])[];
  readonly now: () => number;
}

interface Said {
  readonly out?: string;
  readonly err?: string;
  readonly code?: number;
}

type Program = (state: ShellState, args: readonly string[], input: string) => Said;

function read(state: ShellState, path: string): string | null {
  const full = resolvePath(state.folder, path);
  if (full === "/etc/hostname") return `${state.hostname}\n`;
  return files[full] ?? null;
}

/** Reads several files as `cat` and its like do. */
function readAll(name: string, state: ShellState, paths: readonly string[], input: string): Said {
  if (paths.length === 0) return { out: input };
  let [out, err] = ["", ""];
  for (const path of paths) {
    const text = read(state, path);
    if (text !== null) out += text;
    else if (isFolder(resolvePath(state.folder, path))) err += `${name}: read error: Is a directory\n`;
    else err += `${name}: can't open '${path}': No such file or directory\n`;
  }
  return { out, err, code: err === "" ? 0 : 1 };
}

const lines = (text: string) =>
  text.split("\n").filter((line, at, all) => line !== "" || at < all.length - 1);

/** The programs of a simulated container. None of them changes anything. */
export const programs: Readonly<Record<string, Program>> = {
  true: () => ({}),
  false: () => ({ code: 1 }),
  ":": () => ({}),
  echo: (_, args) => (args[0] === "-n" ? { out: args.slice(1).join(" ") } : { out: `${args.join(" ")}\n` }),
  pwd: ({ folder }) => ({ out: `${folder}\n` }),
  cat: (state, args, input) => readAll("cat", state, args, input),
  cd(state, [path = "/"]) {
    const folder = resolvePath(state.folder, path);
    if (!isFolder(folder))
      return { err: `sh: cd: can't cd to ${path}: No such file or directory\n`, code: 2 };
    state.folder = folder;
    return {};
  },
  ls(state, args) {
    const paths = args.filter((each) => !each.startsWith("-"));
    let [out, err] = ["", ""];
    for (const path of paths.length === 0 ? ["."] : paths) {
      const full = resolvePath(state.folder, path);
      if (isFolder(full))
        out += namesIn(full)
          .map((name) => `${name}\n`)
          .join("");
      else if (files[full] !== undefined) out += `${path}\n`;
      else err += `ls: ${path}: No such file or directory\n`;
    }
    return { out, err, code: err === "" ? 0 : 1 };
  },
  env: ({ env }) => ({ out: [...env].map(([key, value]) => `${key}=${value}\n`).join("") }),
  printenv: ({ env }, [name]) =>
    name === undefined
      ? { out: [...env].map(([key, value]) => `${key}=${value}\n`).join("") }
      : { out: env.has(name) ? `${env.get(name)}\n` : "", code: env.has(name) ? 0 : 1 },
  export(state, args) {
    for (const each of args) state.env.set(each.split("=")[0] ?? "", each.split("=").slice(1).join("="));
    return {};
  },
  ps: ({ processes, user }) => ({
    out: `PID   USER     TIME  COMMAND\n${processes()
      .map(([pid, command]) => `${String(pid).padStart(5)} ${user.padEnd(8)} 0:00 ${command}\n`)
      .join("")}`,
  }),
  whoami: ({ user }) => ({ out: `${user}\n` }),
  id: ({ user }) => ({ out: `uid=${user === "root" ? 0 : 1000}(${user}) gid=0(root)\n` }),
  hostname: ({ hostname }) => ({ out: `${hostname}\n` }),
  uname: (_, [flag]) => ({ out: flag === "-a" ? "Linux simulated 6.1.0 x86_64 GNU/Linux\n" : "Linux\n" }),
  date: ({ now }) => ({ out: `${new Date(now()).toUTCString()}\n` }),
  uptime: () => ({ out: " 12:00:00 up 6 days, load average: 0.08, 0.03, 0.01\n" }),
  clear: () => ({ out: "\x1b[H\x1b[J" }),
  sleep: () => ({}),
  head: (state, args, input) => {
    const said = readAll(
      "head",
      state,
      args.filter((each) => !/^-/.test(each)),
      input,
    );
    return {
      ...said,
      out: lines(said.out ?? "")
        .slice(0, 10)
        .map((line) => `${line}\n`)
        .join(""),
    };
  },
  grep: (_, [pattern = ""], input) => {
    const found = lines(input).filter((line) => line.includes(pattern));
    return { out: found.map((line) => `${line}\n`).join(""), code: found.length > 0 ? 0 : 1 };
  },
  wc: (_, __, input) => ({ out: `${lines(input).length}\n` }),
  help: () => ({
    out: "A simulated shell: cat cd clear date echo env exit export false grep head hostname id ls printenv ps pwd sh true uname whoami\n",
  }),
};
