#!/bin/sh
# In nginx's container, after an upgrade: the configuration anew, as the image makes it at its start, without ending a
# connection. What is wrong is said, and nginx goes on with what it has.
set -eu
here=$(dirname "$0")
site="${NGINX_ENVSUBST_OUTPUT_DIR:-/etc/nginx/conf.d}/default.conf"
. "$here/10-public-url.envsh"
names=$(awk 'BEGIN { for (name in ENVIRON) printf "${%s} ", name }')
cp "$site" "$site.before"
envsubst "$names" <"$here/nginx.conf" >"$site"
nginx -t || { mv "$site.before" "$site"; exit 1; }
rm "$site.before"
nginx -s reload
