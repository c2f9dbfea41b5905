import type { Duplex } from "node:stream";
import { files } from "../shell/files.ts";
import { startProcess, type ToyProcess } from "../shell/process.ts";
import type { ShellState } from "../shell/programs.ts";
import { programs } from "../shell/programs.ts";
import { tellOf } from "../world/containers.ts";
import type { SimExec } from "../world/engine-state.ts";
import { isUp, type SimContainer } from "../world/objects.ts";
import { archiveRoutes } from "./archive-routes.ts";
import { containerOf } from "./container-lookup.ts";
import { frame, isTty, linesOf } from "./log-routes.ts";
import { isYes, parseBody, Refusal } from "./refusal.ts";
import type { Answer, Call, Route } from "./route.ts";

interface ExecBody {
  readonly Cmd?: readonly string[];
  readonly Env?: readonly string[];
  readonly Tty?: boolean;
  readonly User?: string;
  readonly AttachStdin?: boolean;
  readonly AttachStdout?: boolean;
  readonly AttachStderr?: boolean;
}

function createExec(call: Call): Answer {
  const { world, engine, body } = call;
  const container = containerOf(call);
  const asked = parseBody<ExecBody>(body);
  if ((asked.Cmd ?? []).length === 0) throw new Refusal(400, "No exec command specified");
  if (!isUp(container)) throw new Refusal(409, `Container ${container.id} is not running`);
  if (container.paused)
    throw new Refusal(409, `Container ${container.id} is paused, unpause the container before exec`);
  const exec: SimExec = {
    id: world.random.hex(), container, command: asked.Cmd ?? [], env: asked.Env ?? [], tty: asked.Tty ?? false, user: asked.User || "root",
    stdin: asked.AttachStdin ?? false, stdout: asked.AttachStdout ?? false, stderr: asked.AttachStderr ?? false,
    pid: 100 + Math.floor(world.random.between(0, 30_000)), state: "made", exitCode: null, kill: null,
  }; // biome-ignore format: one fact after another
  engine.execs.set(exec.id, exec);
  tellOf(world, container, `exec_create: ${exec.command[0]} ${exec.command.slice(1).join(" ")}`, {
    execID: exec.id,
  });
  return { json: { Id: exec.id }, status: 201 };
}

function execOf({ engine, ref }: Pick<Call, "engine" | "ref">): SimExec {
  const found = engine.execs.get(ref);
  if (!found || !engine.containers.has(found.container.id))
    throw new Refusal(404, `No such exec instance: ${ref}`);
  return found;
}

function inspectExec(call: Call): Answer {
  const exec = execOf(call);
  return {
    json: {
      ID: exec.id,
      Running: exec.state === "running",
      ExitCode: exec.exitCode,
      ProcessConfig: {
        tty: exec.tty,
        entrypoint: exec.command[0] ?? "",
        arguments: exec.command.slice(1),
        privileged: false,
      },
      OpenStdin: exec.stdin,
      OpenStderr: exec.stderr,
      OpenStdout: exec.stdout,
      CanRemove: exec.state === "over",
      ContainerID: exec.container.id,
      DetachKeys: "",
      Pid: exec.state === "made" ? 0 : exec.pid,
    },
  };
}

const raw = "application/vnd.docker.raw-stream";

/** The connection of a process: taken over, or the body of an answer that takes no input. */
function streamOf(
  { takeOver, response, profile, version }: Call,
  tty: boolean,
): {
  readonly socket: Duplex | null;
  write(bytes: Buffer | string): void;
  end(): void;
} {
  if (takeOver === null) {
    response.writeHead(200, { "Content-Type": raw });
    response.flushHeaders();
    return { socket: null, write: (bytes) => void response.write(bytes), end: () => void response.end() };
  }
  const socket = takeOver();
  const isMultiplexed = profile.hasLogType && !tty && version >= 42;
  const type = isMultiplexed ? "application/vnd.docker.multiplexed-stream" : raw;
  const headers = Object.entries(response.getHeaders())
    .map(([key, value]) => `${key}: ${String(value)}\r\n`)
    .join("");
  socket.write(
    `HTTP/1.1 101 UPGRADED\r\nContent-Type: ${type}\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n${headers}\r\n`,
  );
  return {
    socket,
    write: (bytes) => void (socket.writable && socket.write(bytes)),
    end: () => void socket.end(),
  };
}

function startExec(call: Call): Answer {
  const { world, engine } = call;
  const exec = execOf(call);
  const { container } = exec;
  const { Detach = false } = parseBody<{ Detach?: boolean }>(call.body);
  if (exec.state === "over" || exec.state === "running") {
    const stream = streamOf({ ...call, takeOver: null }, exec.tty);
    stream.write(frame(`Error: Exec command ${exec.id} has already run\r\n`, 1));
    stream.end();
    return "open";
  }
  if (!isUp(container)) throw new Refusal(409, `Container ${container.id} is not running`);
  exec.state = "running";
  tellOf(world, container, `exec_start: ${exec.command[0]} ${exec.command.slice(1).join(" ")}`, {
    execID: exec.id,
  });
  const stream = Detach ? null : streamOf(call, exec.tty);
  const over = (exitCode: number) => {
    if (exec.state === "over") return;
    exec.state = "over";
    exec.exitCode = exitCode;
    exec.kill = null;
    stream?.end();
    tellOf(world, container, "exec_die", { execID: exec.id, exitCode: String(exitCode) });
    // Nobody asks for it much later.
    world.timeline.after(300_000, () => engine.execs.delete(exec.id));
  };
  exec.kill = over;
  const say = (isOut: boolean) => (text: string) => {
    if (isOut ? exec.stdout : exec.stderr) stream?.write(exec.tty ? text : frame(text, isOut ? 1 : 2));
  };
  if (hangUp(call, exec, say(true))) over(0);
  else if (!isKnown(exec.command)) {
    say(true)(
      `OCI runtime exec failed: exec failed: unable to start container process: exec: "${exec.command[0]}": executable file not found in $PATH: unknown\r\n`,
    );
    over(126);
  } else {
    const process = startProcess(stateFor(call, exec), exec.command, exec.tty, exec.stdin, {
      out: say(true),
      err: say(false),
      over,
    });
    if (stream?.socket) connect(stream.socket, process, exec);
  }
  return Detach ? null : "open";
}

function connect(socket: Duplex, process: ToyProcess, exec: SimExec): void {
  socket.on("data", (bytes: Buffer) => {
    if (exec.state === "running" && exec.stdin) process.input(bytes.toString("utf8"));
  });
  // A terminal has no end of input but a key; a client that is gone leaves its process behind.
  socket.on("end", () => {
    if (!exec.tty && exec.stdin) process.end();
  });
  socket.resume();
}

function isKnown(command: readonly string[]): boolean {
  const name = (command[0] ?? "").replace(/^\/(usr\/)?bin\//, "");
  return /^(a|ba)?sh$/.test(name) || programs[name] !== undefined || files[command[0] ?? ""] !== undefined;
}

/** The script with which a console's processes are ended: the toy shell has no /proc, so what it would do is done here. */
function hangUp({ engine }: Call, { command, container }: SimExec, say: (text: string) => void): boolean {
  const [, flag, script = "", , mark = ""] = command;
  if (flag !== "-c" || !script.includes("SHOAL_CONSOLE=$id") || mark === "") return false;
  for (const other of engine.execs.values()) {
    if (other.container !== container || !other.env.includes(`SHOAL_CONSOLE=${mark}`) || other.kill === null)
      continue;
    say(`${other.pid}\r\n`);
    other.kill(137);
  }
  return true;
}

function stateFor({ engine, world }: Call, exec: SimExec): ShellState {
  const { container } = exec;
  const spec = container.task?.template.ContainerSpec;
  const variables = [
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    `HOSTNAME=${container.id.slice(0, 12)}`,
    ...(spec?.Env ?? container.body?.Env ?? []),
    "HOME=/",
    ...exec.env,
  ];
  const program = world.workloadOf(container.image).program ?? "/bin/app";
  return {
    folder: "/",
    env: new Map(variables.map((each) => [each.split("=")[0] ?? "", each.split("=").slice(1).join("=")])),
    hostname: container.id.slice(0, 12),
    user: exec.user,
    processes: () => [
      [1, program],
      ...[...engine.execs.values()]
        .filter((each) => each.container === container && each.state === "running")
        .map((each) => [each.pid, each.command.join(" ")] as const),
    ],
    now: () => world.now,
  };
}

function resizeExec(call: Call): Answer {
  const exec = execOf(call);
  if (exec.state === "over") throw new Refusal(404, "no such exec");
  if (exec.state === "made") throw new Refusal(500, "timeout waiting for exec session ready");
  return null;
}

/** The output of a container's own process from now on, and before that what it had said when `logs` asks for it. */
function attach(call: Call): Answer {
  const { world, query } = call;
  const container = containerOf(call);
  if (container.paused) throw new Refusal(409, `Container ${container.id} is paused, unpause it first`);
  const tty = isTty(container);
  const stream = streamOf(call, tty);
  let sentUntil = isYes(query.get("logs")) ? 0 : world.now;
  const send = () => {
    for (const { text, stream: which } of linesOf(world, container, sentUntil, world.now, 100)) {
      stream.write(tty ? `${text}\r\n` : frame(`${text}\n`, which));
    }
    sentUntil = world.now;
  };
  const socket = stream.socket ?? call.response;
  const again = () => {
    if (socket.destroyed) return;
    send();
    if (isUp(container)) world.timeline.after(1_000, again);
    else stream.end();
  };
  const leave = world.onRunEnded((ended: SimContainer) => {
    if (ended !== container) return;
    leave();
    send();
    stream.end();
  });
  socket.on("close", leave);
  if (isUp(container)) echoInput(stream.socket, container, tty);
  again();
  return "open";
}

/** Terminals show what is typed; the process itself makes nothing of it. */
function echoInput(socket: Duplex | null, { task, body }: SimContainer, tty: boolean): void {
  const isOpen = task ? task.template.ContainerSpec?.OpenStdin : body?.OpenStdin;
  socket?.on("data", (bytes: Buffer) => {
    if (isOpen === true && tty) socket.write(bytes.toString("utf8").replaceAll("\r", "\r\n"));
  });
  socket?.resume();
}

export const consoleRoutes: readonly Route[] = [
  { method: "POST", path: "/containers/{ref}/exec", handle: createExec },
  { method: "GET", path: "/exec/{ref}/json", handle: inspectExec },
  { method: "POST", path: "/exec/{ref}/start", handle: startExec },
  { method: "POST", path: "/exec/{ref}/resize", handle: resizeExec },
  { method: "POST", path: "/containers/{ref}/attach", handle: attach },
  {
    method: "POST",
    path: "/containers/{ref}/resize",
    handle: (call) => {
      const container = containerOf(call);
      if (!isUp(container)) throw new Refusal(409, `Container ${container.id} is not running`);
      return null;
    },
  },
  ...archiveRoutes,
];
