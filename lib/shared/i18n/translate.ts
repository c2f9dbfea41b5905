import { createTranslate, type Message, type MessageParams } from "./create-translate.ts";
import type { account } from "./en/account.ts";
import type { agents } from "./en/agents.ts";
import type { audit } from "./en/audit.ts";
import type { auth } from "./en/auth.ts";
import type { bulk } from "./en/bulk.ts";
import type { consoles } from "./en/consoles.ts";
import type { containers } from "./en/containers.ts";
import type { deploy } from "./en/deploy.ts";
import type { edit } from "./en/edit.ts";
import type { events } from "./en/events.ts";
import type { files } from "./en/files.ts";
import type { filters } from "./en/filters.ts";
import type { history } from "./en/history.ts";
import type { home } from "./en/home.ts";
import type { images } from "./en/images.ts";
import type { logs } from "./en/logs.ts";
import type { networks } from "./en/networks.ts";
import type { newer } from "./en/newer.ts";
import type { nodeDialogs } from "./en/node-dialogs.ts";
import type { nodePages } from "./en/node-pages.ts";
import type { palette } from "./en/palette.ts";
import type { people } from "./en/people.ts";
import type { projects } from "./en/projects.ts";
import type { registries } from "./en/registries.ts";
import type { resources } from "./en/resources.ts";
import type { server } from "./en/server.ts";
import type { states } from "./en/states.ts";
import type { swarmPage } from "./en/swarm-page.ts";
import type { taskPages } from "./en/task-pages.ts";
import type { usage } from "./en/usage.ts";
import type { volumes } from "./en/volumes.ts";
import type { webhooks } from "./en/webhooks.ts";
import { en } from "./en.ts";

/** Areas that come with the pages that speak of them: `pages/`. */
type PageMessages = typeof account &
  typeof agents &
  typeof audit &
  typeof containers &
  typeof consoles &
  typeof edit &
  typeof webhooks &
  typeof nodePages &
  typeof taskPages &
  typeof auth &
  typeof bulk &
  typeof nodeDialogs &
  typeof deploy &
  typeof events &
  typeof files &
  typeof filters &
  typeof history &
  typeof home &
  typeof images &
  typeof logs &
  typeof networks &
  typeof newer &
  typeof palette &
  typeof people &
  typeof projects &
  typeof registries &
  typeof resources &
  typeof server &
  typeof states &
  typeof swarmPage &
  typeof usage &
  typeof volumes;
export type MessageKey = keyof typeof en | keyof PageMessages;
/** The messages of a language that are loaded. */
export type Catalogue = Readonly<Partial<Record<MessageKey, Message>>>;
/** Translates a key of the catalogue; `params.n` chooses the plural form. */
export type Translate = (key: MessageKey, params?: MessageParams) => string;

const english: Partial<Record<MessageKey, Message>> = { ...en };

/** Adds the messages of an area that not every page says. Idempotent; `pages/` calls it. */
export function addMessages(area: Catalogue): void {
  Object.assign(english, area);
}

/** The English translator: the default language, and the one for server-made sentences. */
export const t: Translate = createTranslate(english, "en");
