import "./account.ts";
import "./agents.ts";
import "./audit.ts";
import "./containers.ts";
import "./consoles.ts";
import "./edit.ts";
import "./deploy.ts";
import "./events.ts";
import "./files.ts";
import "./filters.ts";
import "./history.ts";
import "./home.ts";
import "./images.ts";
import "./logs.ts";
import "./networks.ts";
import "./newer.ts";
import "./palette.ts";
import "./people.ts";
import "./registries.ts";
import "./resources.ts";
import "./server.ts";
import "./states.ts";
import "./swarm-page.ts";
import "./usage.ts";
import "./volumes.ts";
import "./webhooks.ts";

// The server says something of every area.
