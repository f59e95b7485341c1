# The page of an event lists the photos of its reports by day and hour, by its own clock; each leads to its place.
sed -n 's|.*<h3 class="day">\([^<]*\)<.*|\1|p' public/events/far/index.html >"$TMP/days"
equals "one day heads three photos" "2025년 12월 2일 (화)" "$(cat "$TMP/days")"
equals "in the order they were taken" "#photo-3 2025-12-02T09:30 #photo-1 2025-12-02T10:00 #photo-2 2025-12-02T11:15 " \
    "$(grep -o '<a href="/posts/far/#[^"]*".*<time datetime="2025-12-02T[^"]*"' public/events/far/index.html | sed 's/.*\(#[^"]*\)".*="\([^"]*\)"/\1 \2/' | tr '\n' ' ')"
