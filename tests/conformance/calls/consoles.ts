import type { Area } from "../subject.ts";

/** Exec and attach: connections that are taken over. */
export const consoles: Area = async (s) => {
  const made = await s.ask("POST", "/containers/create", {
    query: { name: "conf_con" },
    body: { Image: "lab/web:1", Healthcheck: { Test: ["NONE"] } },
  });
  const { Id: container } = JSON.parse(made.text);
  await s.ask("POST", `/containers/${container}/start`);
  const exec = async (body: object): Promise<string> =>
    JSON.parse((await s.ask("POST", `/containers/${container}/exec`, { body })).text).Id;
  const streams = { AttachStdin: true, AttachStdout: true, AttachStderr: true };
  await s.call("without a command", "POST", `/containers/${container}/exec`, { body: {} });
  await s.call("no such exec", "GET", "/exec/nope/json");
  await s.call("start no such exec", "POST", "/exec/nope/start", { body: { Detach: false, Tty: false } });
  await s.call("resize no such exec", "POST", "/exec/nope/resize", { query: { w: 80, h: 24 } });
  const plain = (
    await s.call("create", "POST", `/containers/${container}/exec`, {
      body: { AttachStdout: true, AttachStderr: true, Cmd: ["echo", "hello"] },
    })
  ).Id;
  await s.call("inspect before its start", "GET", `/exec/${plain}/json`);
  await s.hijack("hello, framed", `/exec/${plain}/start`, { body: { Detach: false, Tty: false } });
  await s.call("inspect after its end", "GET", `/exec/${plain}/json`);
  await s.call("start again", "POST", `/exec/${plain}/start`, { body: { Detach: false, Tty: false } });
  const codes: unknown[] = [];
  for (const command of [
    "exit 3",
    "cat /nope",
    "ls /nope",
    "nosuch",
    "pwd",
    "echo $A; echo $((1+2))",
    "echo one two | cat",
    "false || echo no",
    "true && echo yes",
  ]) {
    const id = await exec({
      AttachStdout: true,
      AttachStderr: true,
      Env: ["A=b"],
      Cmd: ["sh", "-c", command],
    });
    await s.hijack(`sh -c '${command}'`, `/exec/${id}/start`, { body: { Detach: false, Tty: false } });
    const ended = await s.until("its end", async () => {
      const seen = await s.json(`/exec/${id}/json`);
      return seen.Running === false && seen;
    });
    codes.push([command, ended.ExitCode]);
  }
  s.note("exit codes", codes);
  const lost = await exec({ AttachStdout: true, AttachStderr: true, Cmd: ["nosuch"] });
  await s.hijack("a program that is not there", `/exec/${lost}/start`, {
    body: { Detach: false, Tty: false },
  });
  s.note("its exit code", (await s.json(`/exec/${lost}/json`)).ExitCode);
  const input = await exec({ ...streams, Cmd: ["cat"] });
  await s.hijack("input with an end", `/exec/${input}/start`, {
    body: { Detach: false, Tty: false },
    dialogue: [
      { after: "", send: "abc\n" },
      { after: "abc\n", send: "END" },
    ],
  });
  const shell = await exec({ ...streams, Tty: true, Cmd: ["sh"], Env: ["PS1=# "] });
  const resized: number[] = [];
  await s.hijack("a shell with a terminal", `/exec/${shell}/start`, {
    body: { Detach: false, Tty: true },
    onOpen: async () => {
      const { status } = await s.until("a resize", async () => {
        const answer = await s.ask("POST", `/exec/${shell}/resize`, { query: { w: 100, h: 30 } });
        return answer.status === 200 && answer;
      });
      resized.push(status);
    },
    dialogue: [
      { after: "# ", send: "echo hi\n" },
      { after: "\r\nhi\r\n", send: "exit 4\n" },
    ],
  });
  s.note("resize while it runs", resized);
  s.note("the shell's exit code", (await s.json(`/exec/${shell}/json`)).ExitCode);
  const detached = await exec({ Cmd: ["true"] });
  await s.call("start without looking", "POST", `/exec/${detached}/start`, {
    body: { Detach: true, Tty: false },
  });
  await s.until("its end", async () => (await s.json(`/exec/${detached}/json`)).Running === false);
  await s.events("exec: events", { type: ["container"], about: "conf_con", last: "exec_die" }, async () => {
    const id = await exec({ AttachStdout: true, Cmd: ["true"] });
    await s.ask("POST", `/exec/${id}/start`, { body: { Detach: false, Tty: false } });
  });
  await s.call("resize the container", "POST", `/containers/${container}/resize`, {
    query: { w: 80, h: 24 },
  });
  const attached = await s.ask("POST", `/containers/${container}/attach`, {
    query: { stream: 1, stdout: 1, logs: 1 },
    until: (text) => text.length > 0,
  });
  s.note("attach: without taking over", [attached.status, attached.type, attached.text.length > 0]);
  await s.ask("DELETE", `/containers/${container}`, { query: { force: true } });
  await s.call("gone", "GET", `/exec/${shell}/json`);
};
