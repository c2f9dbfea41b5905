import { taskPages } from "../en/task-pages.ts";
import { addMessages } from "../translate.ts";

// Imported for this effect by every file that says something of the area.
addMessages(taskPages);
