absent "categories are no taxonomy here" public/categories
absent "one tag for AWS, aws and Aws" public/tags/AWS
equals "written as most write it" 1 "$(count public/tags/aws/index.html 'tags: AWS, 4')"
find public -path '*발표*' -name index.html | grep -q . && ok "a section of its own" || not_ok "a section of its own" "$(find public -name index.html)"
