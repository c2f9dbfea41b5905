import type { ClientFrame, ServerFrame } from "#lib/shared/topics.ts";
import type { LiveSocket } from "../live.ts";

/** A socket whose other end is the test: nothing comes but what it says, and a dead one never tells that it is. */
export class FakeSocket implements LiveSocket {
  readyState = 0;
  readonly sent: ClientFrame[] = [];
  private readonly listeners = new Map<string, (event: never) => void>();

  addEventListener(type: string, listener: (event: never) => void): void {
    this.listeners.set(type, listener);
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.readyState = 2;
  }
  private emit(type: string, event: unknown): void {
    this.listeners.get(type)?.(event as never);
  }
  serverAccepts(build = "b1"): void {
    this.readyState = 1;
    this.emit("open", {});
    this.serverSays({ type: "hello", build, now: 0 });
  }
  serverSays(frame: ServerFrame): void {
    this.emit("message", { data: JSON.stringify(frame) });
  }
  serverCloses(code: number): void {
    this.readyState = 3;
    this.emit("close", { code });
  }
}
