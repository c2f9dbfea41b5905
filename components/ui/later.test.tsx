// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { later } from "./later.tsx";

const Greeting = ({ name }: { name: string }) => <p>Hello {name}</p>;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test("shows nothing until the code is there, then the component", async () => {
  const Later = later(async () => Greeting);
  await act(async () => void render(<Later name="swarm" />));
  expect(screen.getByText("Hello swarm")).toBeTruthy();
});

test("asks again when the server is away, and leaves the rest of the page alone", async () => {
  const load = vi.fn(async () => Greeting);
  load.mockRejectedValueOnce(new Error("away")).mockRejectedValueOnce(new Error("away"));
  const Later = later(load);
  await act(async () => {
    render(
      <main>
        the page <Later name="swarm" />
      </main>,
    );
  });
  expect(screen.getByRole("main").textContent).toBe("the page ");
  await act(async () => void (await vi.advanceTimersByTimeAsync(3_000)));
  expect(screen.getByRole("main").textContent).toBe("the page Hello swarm");
  expect(load).toHaveBeenCalledTimes(3);
});
