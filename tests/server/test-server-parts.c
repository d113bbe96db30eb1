/* test-server-parts.c - the server's parts by themselves: options, log, names, routes, readings, sockets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "hp-error.h"
#include "hp-http-gaps.h"
#include "hp-http-socket.h"
#include "hp-http.h"
#include "hp-ulid.h"
#include "hp-valuations.h"
#include "server-fixture.h"

static gboolean
parse (HpServerOptions *options, const char *line, HpServerTask *task, GError **error)
{
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);

  hp_server_options_init (options);
  return hp_server_options_parse (options, argv, task, error);
}

static void
test_options (void)
{
  g_auto (HpServerOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  HpServerTask task;

  g_assert_true (parse (&options, "server", &task, &error));
  g_assert_cmpint (task, ==, HP_SERVER_RUN);
  g_assert_cmpstr (options.bind, ==, "127.0.0.1");
  g_assert_cmpuint (options.port, ==, 8000);
  g_assert_cmpuint (options.threads, ==, 0);
  g_assert_cmpfloat (options.drain_delay, ==, 5);
  g_assert_cmpfloat (options.drain_timeout, ==, 25);
  g_assert_cmpuint (options.max_body, ==, 1 << 20);
  g_assert_cmpuint (options.max_batch_body, ==, 64 << 20);
  g_assert_cmpfloat (options.idle_timeout, ==, 75);
  hp_server_options_clear (&options);

  g_assert_true (parse (
    &options,
    "server --port=0 --bind ::1 --threads 3 --registry R --name n --drain-delay 0.5 --drain-timeout 7 --max-body 2000 "
    "--max-batch-body 3000 --max-houses 9 --max-connections 77 --log-requests",
    &task, &error));
  g_assert_cmpstr (options.bind, ==, "::1");
  g_assert_cmpstr (options.registry, ==, "R");
  g_assert_cmpstr (options.name, ==, "n");
  g_assert_cmpuint (options.port, ==, 0);
  g_assert_cmpuint (options.threads, ==, 3);
  g_assert_cmpfloat (options.drain_delay, ==, 0.5);
  g_assert_cmpfloat (options.drain_timeout, ==, 7);
  g_assert_cmpuint (options.max_body, ==, 2000);
  g_assert_cmpuint (options.max_batch_body, ==, 3000);
  g_assert_cmpuint (options.max_houses, ==, 9);
  g_assert_cmpuint (options.max_connections, ==, 77);
  g_assert_true (options.log_requests);
}

static void
test_tasks (void)
{
  g_auto (HpServerOptions) options = { 0 };
  g_autofree char *help = hp_server_options_help ();
  g_autoptr (GError) error = NULL;
  HpServerTask task;

  g_assert_true (parse (&options, "server --help --port nonsense", &task, &error));
  g_assert_cmpint (task, ==, HP_SERVER_SHOW_HELP);
  hp_server_options_clear (&options);
  g_assert_true (parse (&options, "server --version", &task, &error));
  g_assert_cmpint (task, ==, HP_SERVER_SHOW_VERSION);
  g_assert_nonnull (strstr (help, "--drain-timeout SECONDS"));
}

static void
test_bad_options (void)
{
  static const struct
  {
    const char *line, *says;
  } cases[] = {
    { "server --port 65536", "65535" },
    { "server --port x", "--port" },
    { "server --port 1.5", "whole" },
    { "server --port -1", "--port" },
    { "server --threads 0", "--threads" },
    { "server --max-body 1", "1024" },
    { "server --drain-delay -1", "--drain-delay" },
    { "server --drain-delay 1,5", "point" },
    { "server --bind 0.0.0.0", "access control" },
    { "server --bind ::", "access control" },
    { "server --bind 192.168.1.1", "access control" },
    { "server --bind localhost", "not an address" },
    { "server --bind=", "needs a value" },
    { "server --treads 2", "did you mean --threads?" },
    { "server --port", "port" },
    { "server extra", "extra" },
    { "server --zzzzzzzzz", "--help" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (HpServerOptions) options = { 0 };
      g_autoptr (GError) error = NULL;
      HpServerTask task;

      g_assert_false (parse (&options, cases[i].line, &task, &error));
      g_assert_error (error, HP_ERROR, HP_ERROR_USAGE);
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

static void
test_ulid (void)
{
  HpUlid ulid;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  char text[HP_ULID_LENGTH + 1], later[HP_ULID_LENGTH + 1];

  hp_ulid_init (&ulid);
  for (guint i = 0; i < 5000; i++)
    {
      hp_ulid_next (&ulid, 1469918176385, text);
      /* The example of ULID's specification */
      g_assert_true (g_str_has_prefix (text, "01ARYZ6S41"));
      g_assert_cmpuint (strlen (text), ==, HP_ULID_LENGTH);
      g_assert_cmpuint (strspn (text, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"), ==, HP_ULID_LENGTH);
      g_assert_true (g_hash_table_add (seen, g_strdup (text)));
    }
  hp_ulid_next (&ulid, 1469918176386, later);
  g_assert_cmpstr (text, <, later);
}

static void
test_time (void)
{
  char buffer[HP_SERVER_TIME_BUFFER];

  g_assert_cmpuint (hp_server_format_time (buffer, 0, TRUE), ==, 24);
  g_assert_cmpstr (buffer, ==, "1970-01-01T00:00:00.000Z");
  g_assert_cmpuint (hp_server_format_time (buffer, G_GINT64_CONSTANT (1795406400007999), FALSE), ==, 20);
  g_assert_cmpstr (buffer, ==, "2026-11-23T04:00:00Z");
  hp_server_format_time (buffer, G_GINT64_CONSTANT (1795406400007999), TRUE);
  g_assert_cmpstr (buffer, ==, "2026-11-23T04:00:00.007Z");
}

/* Nobody reads: nothing waits, and who reads later is told what is missing */
static void
test_log_without_reader (void)
{
  int fds[2];
  HpServerLog *log;
  g_autofree char *filler = g_strnfill (10000, 'x');
  g_autoptr (GString) all = g_string_new (NULL);
  char buffer[65536];

  g_assert_cmpint (pipe2 (fds, O_CLOEXEC), ==, 0);
  log = hp_server_log_new (fds[1]);
  for (guint i = 0; i < 500; i++)
    hp_server_log_text (log, "info", "filler", "text", filler);
  while (strstr (all->str, "\"last\"") == NULL)
    {
      gssize n = read (fds[0], buffer, sizeof buffer);

      g_assert_cmpint (n, >, 0);
      g_string_append_len (all, buffer, n);
      if (strstr (all->str, "lines dropped") == NULL)
        hp_server_log_text (log, "info", "again", NULL, NULL);
      else if (strstr (all->str, "\"last\"") == NULL)
        hp_server_log_text (log, "info", "last", NULL, NULL);
    }
  close (fds[0]);
  hp_server_log_free (log);
  close (fds[1]);
  g_assert_nonnull (strstr (all->str, "\"msg\":\"lines dropped\",\"n\":"));
}

static void
test_log_ends_without_reader (void)
{
  int fds[2];
  HpServerLog *log;
  g_autofree char *filler = g_strnfill (100000, 'x');

  g_assert_cmpint (pipe2 (fds, O_CLOEXEC), ==, 0);
  log = hp_server_log_new (fds[1]);
  hp_server_log_text (log, "info", "filler", "text", filler);
  hp_server_log_text (log, "info", "filler", "text", filler);
  hp_server_log_free (log); /* does not wait for ever */
  close (fds[0]);
}

static void
test_route_table (void)
{
  for (guint i = 0; i < hp_http_n_routes; i++)
    {
      const HpHttpRoute *route = &hp_http_routes[i];
      char parameter[HP_HTTP_MAX_NAME + 1];
      g_autofree char *allow = NULL;
      g_auto (GStrv) parts = g_strsplit (route->path, "{version}", -1);
      g_autofree char *path = g_strjoinv ("champion", parts);

      g_assert_true (hp_http_route_find (route->method, path, parameter, &allow) == route);
      g_assert_null (allow);
      g_assert_nonnull (route->handle);
      g_assert_cmpstr (route->summary, !=, "");
      /* Nothing is needed for health, and something for the rest */
      g_assert_cmpint (route->scope == NULL, ==, g_str_has_prefix (route->path, "/health"));
    }
}

/* Heads as libmicrohttpd leaves them: its strings in the bytes that came */
static void
test_gaps (void)
{
  static const char good[] = "GET\0/health\0HTTP/1.1\0\0Host\0 a\0\0X\0b\0\0\0\0";
  static const char hidden[] = "GET\0/health\0HTTP/1.1\0\0Host\0 a\0z\0\0X\0b\0\0\0\0";
  const char *heads[] = { good, hidden };
  const gsize sizes[] = { sizeof good - 1, sizeof hidden - 1 };

  for (guint i = 0; i < 2; i++)
    {
      const char *head = heads[i], *x = head + 33 + 2 * i - 2;
      HpHttpGaps gaps;

      hp_http_gaps_begin (&gaps, head, sizes[i], head + 4, 7, head + 12);
      g_assert_true (gaps.known);
      hp_http_gaps_header (&gaps, head + 22, 4, head + 28, 1);
      g_assert_cmpint (*x, ==, 'X');
      hp_http_gaps_header (&gaps, x, 1, x + 2, 1);
      g_assert_cmpint (hp_http_gaps_end (&gaps), ==, i == 1);
      /* Strings somewhere else: nothing is known */
      hp_http_gaps_begin (&gaps, head, sizes[i], "/health", 7, "HTTP/1.1");
      g_assert_false (hp_http_gaps_end (&gaps));
    }
}

static void
test_sockets (void)
{
  int fds[3], others[3];
  g_autoptr (GError) error = NULL;
  guint port = 0, taken;

  g_assert_true (hp_http_sockets_listen ("127.0.0.1", &port, 3, fds, &error));
  g_assert_cmpuint (port, >, 0);
  /* A second server on the same port would take half of the connections */
  taken = port;
  g_assert_false (hp_http_sockets_listen ("127.0.0.1", &taken, 3, others, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_IO);
  g_assert_nonnull (strstr (error->message, "--port"));
  g_clear_error (&error);
  for (guint i = 0; i < 3; i++)
    close (fds[i]);
  g_assert_true (hp_http_sockets_listen ("127.0.0.1", &port, 1, fds, &error));
  close (fds[0]);
  port = 0;
  g_assert_true (hp_http_sockets_listen ("::1", &port, 2, fds, &error));
  close (fds[0]);
  close (fds[1]);
  g_assert_false (hp_http_sockets_listen ("nowhere", &port, 1, fds, &error));
  g_assert_error (error, HP_ERROR, HP_ERROR_USAGE);
}

static HpServerModel *
load_model (ServerFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  HpServerModel *model = hp_server_model_load (fixture->registry, SERVER_FIXTURE_BOOSTED, &error);

  g_assert_no_error (error);
  return model;
}

/* What the quick reader takes and what it leaves to the other one */
static void
test_quick_reading (void)
{
  static const struct
  {
    const char *text;
    gboolean quick;
  } cases[] = {
    { SERVER_FIXTURE_HOUSE, TRUE },
    { "{}", FALSE },
    { "{\"sqft\":1656}", TRUE },
    { " \t\r\n{ \"sqft\" : 1656 , \"bedrooms\" : 3 } \n", TRUE },
    { "{\"bedrooms\":3,\"sqft\":1656.25}", TRUE },
    { "{\"sqft\":\"1656\"}", TRUE },
    { "{\"location\":\"north ames\"}", TRUE },
    { "{\"location\":\"Nowhere\"}", TRUE },
    { "{\"sqft\":1e3}", FALSE },
    { "{\"sqft\":01}", FALSE },
    { "{\"sqft\":1.}", FALSE },
    { "{\"sqft\":-}", FALSE },
    { "{\"sqft\":-5}", FALSE },
    { "{\"sqft\":1656", FALSE },
    { "{\"sqft\":1656}x", FALSE },
    { "{\"sqft\":1656,}", FALSE },
    { "{\"sqft\":1656,\"sqft\":1656}", FALSE },
    { "{\"SQFT\":1656}", FALSE },
    { "{\"sqf\":1656}", FALSE },
    { "{\"sqft\":null}", FALSE },
    { "{\"location\":\"North\\u0020Ames\"}", FALSE },
    { "{\"location\":\"\xc3\xa4\"}", FALSE },
    { "{\"location\":\"a\nb\"}", FALSE },
    { "[]", FALSE },
    { "", FALSE },
  };
  ServerFixture fixture;
  g_autoptr (HpServerModel) model = NULL;
  g_autoptr (HpHouse) house = NULL;
  g_autofree guint8 *given = NULL;

  server_fixture_init (&fixture);
  model = load_model (&fixture);
  house = hp_house_new (model->pre);
  given = g_new (guint8, house->n + 1);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length = strlen (cases[i].text);
      /* Without a NUL behind it: what reads on is found by AddressSanitizer */
      g_autofree char *text = g_memdup2 (cases[i].text, length);
      gboolean quick = hp_house_read_quickly (model, house, given, text, length);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (quick, ==, cases[i].quick);
      if (quick)
        {
          g_autoptr (HpHouseReading) reading = hp_house_reading_new (model);
          g_autoptr (HpJsonReader) reader = hp_json_reader_new (text, length, NULL);

          g_assert_true (hp_house_reading_read (reading, reader, TRUE));
          g_assert_cmpmem (house->flags, house->n, reading->house->flags, house->n);
          g_assert_cmpmem (house->raw, house->n * sizeof *house->raw, reading->house->raw,
                           house->n * sizeof *house->raw);
        }
    }
  server_fixture_clear (&fixture);
}

/* With no time at all it still gets on, a little each time, and comes to the same answer */
static void
test_valuations_in_slices (void)
{
  ServerFixture fixture;
  g_autoptr (HpServerModel) model = NULL;
  g_autoptr (GString) question = g_string_new ("{\"houses\":[");
  g_autofree char *whole = NULL;

  server_fixture_init (&fixture);
  model = load_model (&fixture);
  for (guint i = 0; i < 200; i++)
    g_string_append_printf (question, "%s" SERVER_FIXTURE_HOUSE, i > 0 ? "," : "");
  g_string_append (question, "],\"level\":0.7}");
  for (guint sliced = 0; sliced < 2; sliced++)
    {
      g_autoptr (HpValuations) valuations = hp_valuations_new (question->str, question->len, 1000);
      gint64 until = sliced ? 0 : G_MAXINT64;
      guint n_slices = 0;
      g_autofree char *answer = NULL;
      gsize length;

      while (!hp_valuations_scan (valuations, until))
        n_slices++;
      g_assert_cmpuint (valuations->problem.status, ==, 0);
      g_assert_cmpuint (valuations->n_houses, ==, 200);
      hp_valuations_set_model (valuations, model);
      while (!hp_valuations_value (valuations, until))
        n_slices++;
      answer = hp_valuations_steal (valuations, &length);
      g_assert_cmpuint (n_slices, >=, sliced ? 200 : 0);
      if (sliced)
        g_assert_cmpstr (answer, ==, whole);
      else
        whole = g_steal_pointer (&answer);
    }
  server_fixture_clear (&fixture);
}

static void
test_problem_limits (void)
{
  g_auto (HpProblem) problem = { 0 };
  g_autofree char *text = NULL;
  gsize length;

  for (guint i = 0; i < 5000; i++)
    hp_problem_add_error (&problem, "field", "code", NULL, "message %u", i);
  hp_problem_conclude (&problem);
  text = hp_problem_to_json (&problem, &length);
  g_assert_cmpuint (length, <, 20000);
  g_assert_nonnull (strstr (text, "5000 attributes"));
  /* What came first stays */
  hp_problem_set (&problem, 500, "other", "other");
  g_assert_cmpuint (problem.status, ==, 422);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  signal (SIGPIPE, SIG_IGN); /* as the program does */
  g_test_add_func ("/server/parts/options", test_options);
  g_test_add_func ("/server/parts/tasks", test_tasks);
  g_test_add_func ("/server/parts/bad-options", test_bad_options);
  g_test_add_func ("/server/parts/ulid", test_ulid);
  g_test_add_func ("/server/parts/time", test_time);
  g_test_add_func ("/server/parts/log-without-reader", test_log_without_reader);
  g_test_add_func ("/server/parts/log-ends-without-reader", test_log_ends_without_reader);
  g_test_add_func ("/server/parts/route-table", test_route_table);
  g_test_add_func ("/server/parts/gaps", test_gaps);
  g_test_add_func ("/server/parts/sockets", test_sockets);
  g_test_add_func ("/server/parts/quick-reading", test_quick_reading);
  g_test_add_func ("/server/parts/valuations-in-slices", test_valuations_in_slices);
  g_test_add_func ("/server/parts/problem-limits", test_problem_limits);
  return g_test_run ();
}
