/* server-fixture.h - a server in the test's own process, on a free port, with a small trained registry
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-server.h"

G_BEGIN_DECLS

/* What the fixture's registry holds: both are of the shipped schema. 1 is the champion. */
#define SERVER_FIXTURE_BOOSTED 1
#define SERVER_FIXTURE_LINEAR  2

/* A house that there is nothing to say about */
#define SERVER_FIXTURE_HOUSE \
  "{\"sqft\":1656,\"bedrooms\":3,\"bathrooms\":2,\"location\":\"North Ames\",\"condition\":\"Average\",\"year_built\":1960}"

typedef struct
{
  char           *root;     /* a folder of its own */
  HpRegistry     *registry; /* root's "house-price" */
  HpServerOptions options;  /* may be changed before server_fixture_start() */
  char           *log_path;
  HpServerLog    *log;
  HpServer       *server;   /* (nullable) */
  const char     *url;      /* (nullable) */
} ServerFixture;

/* A registry with both versions, and no server yet */
void server_fixture_init      (ServerFixture *fixture);
/* A registry with nothing in it */
void server_fixture_init_bare (ServerFixture *fixture);
void server_fixture_start     (ServerFixture *fixture);
void server_fixture_stop      (ServerFixture *fixture);
void server_fixture_clear     (ServerFixture *fixture); /* stops, and removes the folder */
/* Adds one of the two versions again; the number it got */
guint server_fixture_add      (ServerFixture *fixture, guint which);
void server_fixture_promote   (ServerFixture *fixture, guint version);
/* Waits until the server serves this version */
void server_fixture_wait_for_champion (ServerFixture *fixture, guint version);
/* Waits until the log has this in it */
void server_fixture_wait_for_log (ServerFixture *fixture, const char *part);
/* (transfer full) all of it */
char *server_fixture_read_log (ServerFixture *fixture);
guint server_fixture_count_log (ServerFixture *fixture, const char *part);

G_END_DECLS
