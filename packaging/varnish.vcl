# Varnish (7.1 or newer) as a cache and load balancer in front of Veto. The copies share no state. Start each with the same
# settings, so that it accepts any Host, on a port of its own: veto --address http://example.org --port 8081, and --port 8082.
# They can be restarted one after the other, with `--drain 5`, and no visitor notices. With one copy leave out `two`. Start Varnish
# with:
#
#   varnishd -a :80 -f /etc/varnish/varnish.vcl -s malloc,64m -s Transient=malloc,32m \
#       -p http_gzip_support=off -p default_grace=0 -p backend_idle_timeout=5 \
#       -p vsl_mask=-SessOpen,-ReqStart,-HttpGarbage,-BogoHeader,-ReqURL,-ReqHeader,-ReqUnset,-BereqURL,-BereqHeader,-BereqUnset,-RespHeader,-RespUnset,-BerespHeader,-BerespUnset,-ObjHeader,-Hash
#
# http_gzip_support=off: Veto compresses, with brotli too. With `on` Varnish asks for gzip only.
# default_grace=0: an old page is delivered only as long as `stale-while-revalidate` of the page allows.
# backend_idle_timeout=5: Veto closes idle connections after 10 seconds.
# vsl_mask: the address of a page contains what a visitor has chosen, so it does not belong in a log, and neither does the
# address of the visitor. Varnish itself writes no file: its log is in memory, where varnishlog and varnishncsa read it, and with
# this mask it has neither address. Switch off the service varnishncsa, whose usual format is made of them, or give it one
# without: varnishncsa -F '%t %m %s %{Varnish:hitmiss}x'
#
# After new facts or a new version: varnishadm ban 'obj.status != 0'

vcl 4.1;

import directors;
import std;

probe ready {
    # 503 as soon as Veto has been told to stop, see its setting `drain`: two of these and a copy gets no more requests.
    .url = "/readyz";
    .interval = 1s;
    .timeout = 3s;
    .window = 3;
    .threshold = 2;
    .initial = 2;
}

# Veto responds within 10 seconds.
backend one {
    .host = "127.0.0.1";
    .port = "8081";
    .first_byte_timeout = 12s;
    .between_bytes_timeout = 12s;
    .probe = ready;
}

backend two {
    .host = "127.0.0.1";
    .port = "8082";
    .first_byte_timeout = 12s;
    .between_bytes_timeout = 12s;
    .probe = ready;
}

sub vcl_init {
    new veto = directors.round_robin();
    veto.add_backend(one);
    veto.add_backend(two);
}

sub vcl_recv {
    set req.backend_hint = veto.backend();

    # Veto has no cookies. Those of other programs on the same host would prevent that a page is cached.
    unset req.http.Cookie;
    # Veto does not read it.
    unset req.http.X-Forwarded-For;

    # A page in three codings: br, gzip and none. `q=0` means that a coding is not accepted.
    if (req.http.Accept-Encoding ~ "(?i)(^|,)\s*br\s*(;\s*q=(1|0?\.[0-9]*[1-9])[0-9.]*\s*)?(,|$)") {
        set req.http.Accept-Encoding = "br";
    } elsif (req.http.Accept-Encoding ~ "(?i)(^|,)\s*gzip\s*(;\s*q=(1|0?\.[0-9]*[1-9])[0-9.]*\s*)?(,|$)") {
        set req.http.Accept-Encoding = "gzip";
    } else {
        unset req.http.Accept-Encoding;
    }

    if (req.method != "GET" && req.method != "HEAD") {
        # Kept until the response, for vcl_backend_error. Veto allows 768 KiB.
        if (!std.cache_req_body(1MB)) {
            return (synth(413));
        }
        return (pass);
    }

    # Addresses without a language, such as /, /school or /12: Veto redirects by the languages and the regions of
    # Accept-Language (`vary: accept-language`, no `cache-control`). The header stays as it is: without its regions the visitor
    # would have to choose the country. With a base path: "^(/tools/veto)?/(…".
    if (req.url ~ "^/(school|family|share|[0-9]+)?(\?|$)") {
        return (pass);
    }
    # All others have their language in the address, and no cached response depends on the header.
    # Error pages do; they are `no-store`.

    # Requests by pages of other origins, other than links: Veto refuses them (403). From the cache they would succeed, and their
    # time would tell what others have looked at.
    if (req.http.Sec-Fetch-Site && req.http.Sec-Fetch-Site !~ "^(same-origin|none)$"
        && !(req.http.Sec-Fetch-Mode == "navigate" && req.http.Sec-Fetch-Dest == "document")) {
        return (pass);
    }

    return (hash);
}

sub vcl_hash {
    # The address without the host, which has no effect on a page. Varnish keeps one variant for each Accept-Encoding because of
    # `vary: accept-encoding`.
    hash_data(req.url);
    return (lookup);
}

sub vcl_backend_response {
    # Only what Veto allows: max-age and stale-while-revalidate have set ttl and grace.
    if (beresp.http.Cache-Control !~ "(?i)\bmax-age=[0-9]"
        || beresp.http.Cache-Control ~ "(?i)\b(no-store|private|no-cache)\b"
        || beresp.http.Vary ~ "(?i)accept-language|\*"
        || beresp.http.Set-Cookie) {
        # Keep nothing, not even the information that the address is not cacheable: the day of an objection can stand in it.
        set beresp.ttl = 0s;
        set beresp.grace = 0s;
        set beresp.keep = 0s;
        set beresp.uncacheable = true;
    }
    return (deliver);
}

sub vcl_backend_error {
    # A copy has ended. Veto stores nothing, so another copy may get the same request, a form too.
    return (retry);
}

sub vcl_deliver {
    # By these a visitor could learn what others have opened.
    unset resp.http.Age;
    unset resp.http.X-Varnish;
    unset resp.http.Via;
}
