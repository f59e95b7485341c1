/* asset_probe.c - what a file is, by its content.
 *
 * The name is only looked at to tell when it lies.  Text and unknown kinds
 * are no pictures and are left as they are.  A film is no picture, but may say a place. */
#include "base/path.h"
#include "read/read.h"

enum { SNIFF_BYTES = 4096 };

static struct diag *report(struct asset *asset, enum diag_code code, const char *what, str detail, struct diags *diags)
{
    struct diag *diag = diag_report(diags, code, (span){0}, "%s%" STR_F, what, STR_A(detail));
    diag->path = asset->path;
    return diag;
}

static str file_bytes(struct asset *asset, str root, struct arena *scratch, struct diags *diags)
{
    str bytes = {0};
    if (asset->bytes.len) return asset->bytes;
    if (!file_read(scratch, path_join(scratch, root, asset->disk), &bytes, diags)) asset->broken = true;
    return bytes;
}

/* A .png that is a JPEG is common; it is published under its true kind. */
static void check_name(struct asset *asset, struct diags *diags)
{
    enum image_kind named = image_kind_of_name(path_extension(asset->path));
    if (named == IMAGE_UNKNOWN || named == asset->info.kind || asset->info.kind == IMAGE_FILM) return;
    const struct image_kind_info *kind = image_kind_info(asset->info.kind);
    str detail = str_format(diags->arena, "%" STR_F ", but it is a %s", STR_A(path_extension(asset->path)), kind->name);
    struct diag *diag = report(asset, DIAG_IMAGE_KIND, "named .", detail, diags);
    if (asset->origin == ASSET_STATIC) diag_hint(diags, diag, "it keeps its address, and browsers look at the content; name it .%s where you can", kind->extension);
    else diag_hint(diags, diag, "its published sizes have the true extension; the name may stay");
}

static enum diag_severity broken_severity(const struct config *config)
{
    return config->images.on_error == IMAGE_ERROR_WARN ? DIAG_WARNING : DIAG_ERROR;
}

/* Always false. */
static bool report_broken(struct asset *asset, const struct config *config, str error, struct diags *diags)
{
    asset->broken = true;
    struct diag *diag = report(asset, DIAG_IMAGE, "the picture cannot be read: ", error, diags);
    if (broken_severity(config) == DIAG_WARNING) {
        diag->severity = DIAG_WARNING;
        diags->errors--;
        diags->warnings++;
    }
    if (str_contains(error, S("pixels are above the limit"))) diag_hint(diags, diag, "make it smaller, or raise images.max_pixels");
    else if (str_contains(error, S("bytes are above the limit"))) diag_hint(diags, diag, "make it smaller, or raise images.max_bytes");
    else if (diag->severity == DIAG_ERROR) diag_hint(diags, diag, "replace the file, or set images: {on_error: warn} to build without it");
    return false;
}

/* A drawing's head may be fine and its end not to be understood: that must be known before there are pages of it. */
static bool is_cleaned_whole(const struct asset *asset, str bytes, const struct image_limits *limits, struct arena *scratch, str *error)
{
    str unused;
    bool small = asset->info.kind == IMAGE_SVG || asset->info.kind == IMAGE_ICO;
    return !small || image_clean(bytes, limits, scratch, &unused, error);
}

/* A packed drawing (.svgz) cannot be looked into, and browsers would run what is in it. */
static str why_no_picture(str head)
{
    if (head.len == 0) return S("the file is empty");
    return str_starts(head, S("\x1f\x8b")) ? S("it is packed by gzip: unpack it to .svg") : S("its content is no picture");
}

/* Nothing that may say where and by whom is published unless the author wants it so. */
static void check_cleans(struct asset *asset, const struct config *config, struct diags *diags)
{
    const char *name = image_kind_info(asset->info.kind)->name;
    if (asset->info.cleans || str_list_has(config->images.allow, str_c(name))) return;
    asset->broken = true;
    struct diag *diag = report(asset, DIAG_IMAGE_UNCLEANED, "not published, because what it says of place and owner cannot be removed: ",
                               str_format(diags->arena, "%s %s", strchr("aeix", *name) ? "an" : "a", name), diags);
    if (image_kind_info(asset->info.kind)->moves)
        diag_hint(diags, diag, "write it anew without its notes (ffmpeg -map 0:v -map 0:a -map_metadata -1), or set images: {allow: [%s]}", name);
    else
        diag_hint(diags, diag, "save it as JPEG, PNG or WebP, or set images: {allow: [%s]}", name);
}

/* What is named a film and is of no kind hugi knows may say anything, as one that it cannot clean. */
static bool take_for_film(struct asset *asset)
{
    asset->info = (struct image_info){.kind = IMAGE_FILM, .orientation = 1, .frames = 2, .has_metadata = true};
    image_add_trace(&asset->info, TRACE_UNREAD);
    return true;
}

bool asset_probe(struct asset *asset, const struct config *config, str root,
                 struct arena *arena, struct arena *scratch, struct diags *diags)
{
    enum image_kind named = image_kind_of_name(path_extension(asset->path));
    str head = asset->bytes;
    if (!head.len && !file_read_head(scratch, path_join(scratch, root, asset->disk), SNIFF_BYTES, &head, diags))
        return !(asset->broken = true);
    enum image_kind kind = image_sniff(head);
    if (kind == IMAGE_UNKNOWN) {
        if (named == IMAGE_UNKNOWN) return true;
        if (image_kind_info(named)->moves) return take_for_film(asset);
        return report_broken(asset, config, why_no_picture(head), diags);
    }
    str bytes = file_bytes(asset, root, scratch, diags);
    if (asset->broken) return false;
    struct image_limits limits = asset_limits(config);
    str error = {0};
    asset->is_picture = !image_kind_info(kind)->moves;
    if (!image_probe(bytes, &limits, arena, &asset->info, &error)) {
        asset->info.kind = kind;
        return report_broken(asset, config, error, diags);
    }
    if (!is_cleaned_whole(asset, bytes, &limits, scratch, &error)) return report_broken(asset, config, error, diags);
    asset->hash = hash_bytes(bytes.p, (size_t)bytes.len);
    asset->as_jpeg = asset->origin == ASSET_CONTENT && kind == IMAGE_HEIC && image_kind_info(kind)->decodes;
    return true;
}

void asset_notice(struct asset *asset, const struct config *config, struct diags *diags)
{
    if (asset->info.kind == IMAGE_UNKNOWN) return;
    check_name(asset, diags);
    check_cleans(asset, config, diags);
}
