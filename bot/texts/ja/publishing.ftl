## リンクを知っている人なら誰でも読めるプレイリスト

command-playlist-publish = 公開
    .description = 誰でもプレイリストを読めるリンクを作ります
command-playlist-unpublish = 公開停止
    .description = 公開したプレイリストのリンクを無効にします

playlist-published =
    このリンクを知っている人は、Discordがなくても**{ $name }**を読めます。
    { $link }
    リンクはあなただけに表示されています。ほかの人に教えても構いません。ページには曲名、ジャンル、投票、画像が表示され、誰が追加や投票をしたかは表示されません。`/プレイリスト 公開停止` を使うと、リンクはすぐに無効になります。
playlist-unpublished = **{ $name }**の公開をやめました。リンクは無効になり、元には戻りません。もう一度公開すると、新しいリンクになります。
playlist-not-published = **{ $name }**は公開されていないので、無効にするリンクはありません。
