# Texts that hold their pictures: of a photo that tells where, who and with what, and of a kind that cannot be cleaned.
photo=data:image/jpeg\;base64,$(base64 <"$CASE/../photos-tell/site/static/photo.jpg" | tr -d '\n')
scan=data:image/tiff\;base64,TU0AKgAAAAgAAA==
mkdir -p content/posts
cat >content/posts/told.md <<END
---
title: Told
date: 2025-01-01
image: $photo
---

![in Markdown]($photo)

<img src="$photo" alt="in HTML">

<picture><source srcset="$photo 1x"><img src="$photo" alt="of two sizes"></picture>

<video poster="$photo"></video>

![no scan]($scan) and <img src="$scan" alt="nor here">

![a drawing](data:image/svg+xml,%3Csvg%3E%3C/svg%3E)
END
