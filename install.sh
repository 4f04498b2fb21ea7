#!/bin/sh
# Copies the scripts into a Home Assistant config directory: sh install.sh /config
# An existing site_config.py is the user's own and is never touched. Needs a shell and nothing else: the terminal of
# Home Assistant OS has no make.
set -eu

here=$(dirname "$0")
config=${1:-}
if [ -z "$config" ]; then
    echo "Say where: sh install.sh <your Home Assistant config directory>"
    exit 2
fi
if [ ! -d "$config" ]; then
    echo "$config is not a directory; name the Home Assistant config directory, which holds configuration.yaml"
    exit 2
fi
modules=$config/pyscript/modules
mkdir -p "$modules"
rm -rf "$modules/.fusebox.new" "$modules/.fusebox.old"
# An exchange that the integration for the store has begun and not completed is over with this.
(cd "$config/pyscript" && rm -f .fusebox/next.json .fusebox/back.json .fusebox/removing.json)
cp -R "$here/pyscript/modules/fusebox" "$modules/.fusebox.new"
find "$modules/.fusebox.new" -name __pycache__ -type d -prune -exec rm -rf {} +
# The package changes places in one go: a running Home Assistant never loads half of it.
if [ -e "$modules/fusebox" ]; then mv "$modules/fusebox" "$modules/.fusebox.old"; fi
mv "$modules/.fusebox.new" "$modules/fusebox"
rm -rf "$modules/.fusebox.old"
cp "$here/pyscript/modules/fusebox_native.py" "$here/pyscript/modules/fusebox_ha.py" "$modules/"
if [ -e "$modules/site_config.py" ]; then
    echo "kept $modules/site_config.py"
else
    cp "$here/config_examples/first_site.py" "$modules/site_config.py"
    echo "wrote an example to $modules/site_config.py: the action pyscript.fusebox_setup writes your own house in its place"
fi
cp "$here"/pyscript/*.py "$config/pyscript/"
# Home Assistant serves www/ from its next start on, if it was not there. A browser keeps a file for a month, so each
# version has an address of its own.
if [ ! -d "$config/www" ]; then restart=" (restart Home Assistant first)"; else restart=; fi
mkdir -p "$config/www"
cp "$here"/www/fusebox-card*.js "$config/www/"
version=$(sed -n '1s/^.*card [^ ]* \([0-9a-f]*\):.*/\1/p' "$config/www/fusebox-card.js")
echo "Fusebox is in $config/pyscript; sensor.fusebox_site tells how it does (Developer tools > States)"
echo "Its card is $config/www/fusebox-card.js$restart: Settings > Dashboards > three dots > Resources > Add resource,"
echo "    /local/fusebox-card.js?v=$version as JavaScript module; then Edit a dashboard > Add card > Fusebox"
if [ ! -e "$config/configuration.yaml" ]; then
    echo "LOOK: $config holds no configuration.yaml; Home Assistant's config directory does: is it this one?"
fi
