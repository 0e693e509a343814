// The page editor's own helpers. Without it nothing is checked while one types; what must be right is still refused.
import { Checks, Summary } from "./checks.js";
import { Length } from "./length.js";
import { Suggestions } from "./suggestions.js";

const { app } = window.wagtail;
app.register("desk-checks", Checks);
app.register("desk-summary", Summary);
app.register("desk-length", Length);
app.register("desk-suggestions", Suggestions);
