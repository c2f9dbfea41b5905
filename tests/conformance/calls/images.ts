import type { Area } from "../subject.ts";

/** Images of one node, where no registry can be reached. */
export const images: Area = async (s) => {
  await s.call("list", "GET", "/images/json");
  await s.call("list by reference", "GET", "/images/json", {
    query: { filters: { reference: ["lab/web:1"] } },
  });
  await s.call("list by another reference", "GET", "/images/json", {
    query: { filters: { reference: ["nope"] } },
  });
  await s.call("list with an unknown filter", "GET", "/images/json", {
    query: { filters: { bogus: ["1"] } },
  });
  const image = await s.call("inspect", "GET", "/images/lab/web:1/json");
  await s.call("inspect by id", "GET", `/images/${image.Id}/json`);
  await s.call("no such image", "GET", "/images/nope/none:9/json");
  await s.call("a bad name", "GET", "/images/UPPER/json");
  await s.call("history", "GET", "/images/lab/web:1/history");
  await s.call("history of no such image", "GET", "/images/nope/history");
  await s.events("tag: events", { type: ["image"], about: "", last: "tag" }, () =>
    s.call("tag", "POST", "/images/lab/web:1/tag", { query: { repo: "conf/copy", tag: "7" } }),
  );
  await s.call("tag with a bad name", "POST", "/images/lab/web:1/tag", {
    query: { repo: "UPPER", tag: "7" },
  });
  await s.call("tag no such image", "POST", "/images/nope/tag", { query: { repo: "conf/copy", tag: "8" } });
  await s.call("inspect the copy", "GET", "/images/conf/copy:7/json");
  await s.call("remove by id with two names", "DELETE", `/images/${image.Id}`);
  await s.events("untag: events", { type: ["image"], about: "", last: "untag" }, () =>
    s.call("remove one name of two", "DELETE", "/images/conf/copy:7"),
  );
  await s.call("remove no such image", "DELETE", "/images/nope:1");
  const { Id } = JSON.parse(
    (await s.ask("POST", "/containers/create", { query: { name: "conf_img" }, body: { Image: "lab/web:1" } }))
      .text,
  );
  await s.call("remove what a container uses", "DELETE", "/images/lab/web:1");
  await s.ask("POST", `/containers/${Id}/start`);
  await s.call("remove what runs", "DELETE", "/images/lab/web:1");
  await s.call("remove what runs, by force", "DELETE", `/images/${image.Id}`, { query: { force: true } });
  await s.ask("DELETE", `/containers/${Id}`, { query: { force: true } });
  await s.call("pull what nobody has", "POST", "/images/create", {
    query: { fromImage: "nope/none", tag: "9" },
  });
  await s.call("pull from where nothing is", "POST", "/images/create", {
    query: { fromImage: "127.0.0.1:1/a/b", tag: "1" },
  });
  await s.call("pull a bad name", "POST", "/images/create", { query: { fromImage: "UPPER", tag: "1" } });
  await s.call("pull with a bad login", "POST", "/images/create", {
    query: { fromImage: "127.0.0.1:1/a/b", tag: "1" },
    headers: { "X-Registry-Auth": "%%" },
  });
  await s.call("prune", "POST", "/images/prune", { query: { filters: { dangling: ["true"] } } });
};
