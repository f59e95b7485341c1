/* card_motif.c - a lanyard and its badge, by distances from their edges. */
#include "card_motif.h"

#include <math.h>

struct point {
    double x, y;
};

/* Below 0 inside a box around `middle` with round corners, turned by `angle`. */
static double box_distance(struct point at, struct point middle, struct point half, double corner, double angle)
{
    double x = at.x - middle.x, y = at.y - middle.y, c = cos(angle), s = sin(angle);
    double across = fabs(x * c + y * s) - half.x + corner, down = fabs(y * c - x * s) - half.y + corner;
    double out = hypot(across > 0 ? across : 0, down > 0 ? down : 0);
    double in = across > down ? across : down;
    return out + (in < 0 ? in : 0) - corner;
}

/* Edges take one step between nothing and all: few colours. */
static int covered(double distance, int whole) { return distance < -0.25 ? whole : distance < 0.25 ? whole / 2 : 0; }

static double strap_distance(struct point at, double top, double bottom)
{
    struct point middle = {(top + bottom) / 2, 100};
    double angle = atan2(top - bottom, 360);
    return box_distance(at, middle, (struct point){21, 240}, 0, angle);
}

/* Places are those of the card. */
static int level_at(struct point at)
{
    enum { BADGE = 102, STRAP = 187 };
    struct point badge = {965, 500};
    double tilt = -0.06;
    if (box_distance(at, (struct point){951, 328}, (struct point){42, 9}, 9, tilt) < 0) return 0;
    double clip = box_distance(at, (struct point){946, 292}, (struct point){17, 44}, 8, tilt);
    double straps = at.y < 272 ? fmin(strap_distance(at, 760, 944), strap_distance(at, 1132, 948)) : 9;
    int over = covered(fmin(clip, straps), STRAP);
    int under = covered(box_distance(at, badge, (struct point){165, 205}, 26, tilt), BADGE);
    return over > under ? over : under;
}

void card_motif_draw(unsigned char *mask)
{
    for (int y = 0; y < MOTIF_HEIGHT; y++)
        for (int x = 0; x < MOTIF_WIDTH; x++)
            mask[y * MOTIF_WIDTH + x] = (unsigned char)level_at((struct point){MOTIF_X + x + 0.5, y + 0.5});
}
