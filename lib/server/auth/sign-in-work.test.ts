import * as bcrypt from "bcryptjs";
import { beforeEach, expect, it, vi } from "vitest";
import { failure, home, password, testDatabase } from "./test-auth.ts";

vi.mock("bcryptjs", async (original) => {
  const real = await original<typeof bcrypt>();
  return { ...real, compare: vi.fn(real.compare), hash: vi.fn(real.hash) };
});

const { withAdmin } = testDatabase();
const compare = vi.mocked(bcrypt.compare);
beforeEach(() => {
  compare.mockClear();
});

// A clock on the wall would measure the machine. What a sign-in costs is bcrypt: this counts its work.
it("costs the same for an account, a wrong password, a disabled account and a name nobody has", async () => {
  const auth = await withAdmin();
  for (const name of ["bob", "kim"]) await auth.people.createUser({ name, role: "viewer", password });
  auth.people.changeUser("bob", { disabled: true });
  const { userId } = await auth.signIn({ name: "kim", password }, home);
  expect(userId).toBe(auth.people.user("kim").id);

  const work: Record<string, number[]> = {};
  for (const [name, given] of [
    ["ann", "not the password"],
    ["kim", password],
    ["bob", password],
    ["bob", "not the password"],
    ["nobody", password],
    ["someone else", "not the password"],
  ] as const) {
    compare.mockClear();
    await failure(auth.signIn({ name, password: given }, home));
    work[`${name}, ${given}`] = compare.mock.calls.map(([, hash]) => bcrypt.getRounds(hash));
  }
  expect(Object.keys(work)).toHaveLength(6);
  for (const rounds of Object.values(work)) expect(rounds).toEqual([4]);
});
