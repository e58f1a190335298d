/** The one entry: style, htmx, small behaviours of every page; larger modules are loaded by the pages that have them. */
import "./styles/main.css";
import "./dialog";
import "./dropdown";
import "./requests";
import "./signout";
import { startModules } from "./modules";

startModules(document);
document.addEventListener("htmx:load", (event) => startModules(event.target as Element));
