// The page works without this. Each of these makes one thing of it quicker, by fetching the same pages.

import { start as search } from "./search.js";
import { start as suggest } from "./suggest.js";
import { start as timeline } from "./timeline.js";
import { start as reading } from "./reading.js";
import { start as keys } from "./keys.js";

document.documentElement.classList.add("js");
const show = search();
suggest();
timeline(show);
reading();
keys();
