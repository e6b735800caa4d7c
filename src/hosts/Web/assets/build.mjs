// Copies what pages need out of node_modules into wwwroot/lib, which is not in the repository.
// Run by ./homeward when wwwroot/lib is missing or older than the lock file: npm ci && npm run build
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const here = fileURLToPath(new URL(".", import.meta.url));
const from = (...path) => join(here, "node_modules", ...path);
const lib = join(here, "..", "wwwroot", "lib");

// Names that pages use, and the icon that stands for each.
const icons = {
  house: "home", intake: "inbox-arrow-down", review: "document-magnifying-glass", referral: "paper-airplane",
  operations: "map-pin", outcomes: "user-group", care: "heart", release: "megaphone",
  notices: "bell", duties: "clock", people: "arrows-right-left", trace: "finger-print", search: "magnifying-glass", print: "printer",
};

mkdirSync(lib, { recursive: true });

// Latin only: 27 KB. Letters beyond it fall back to the system's typeface, one by one.
copyFileSync(from("@fontsource-variable", "public-sans", "files", "public-sans-latin-wght-normal.woff2"), join(lib, "public-sans.woff2"));

const symbols = Object.entries(icons).map(([name, file]) => {
  const svg = readFileSync(from("heroicons", "24", "outline", `${file}.svg`), "utf8");
  const shapes = svg.slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>")).trim();
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
});
writeFileSync(join(lib, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("\n")}</svg>\n`);

const licences = [["Public Sans", "@fontsource-variable/public-sans"], ["Heroicons", "heroicons"]].map(([title, name]) => {
  const { version, license } = JSON.parse(readFileSync(from(...name.split("/"), "package.json"), "utf8"));
  return `${title} ${version}, ${license}\n\n${readFileSync(from(...name.split("/"), "LICENSE"), "utf8")}`;
});
writeFileSync(join(lib, "LICENCES.txt"), licences.join("\n\n----\n\n"));
