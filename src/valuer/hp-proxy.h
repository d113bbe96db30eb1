/* hp-proxy.h - through which proxy a server is reached
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* By $http_proxy, $https_proxy, $all_proxy and $no_proxy, as other programs of a terminal do; never to this computer itself */
GProxyResolver *_hp_proxy_resolver_new (void);

G_END_DECLS
