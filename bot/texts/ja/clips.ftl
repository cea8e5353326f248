### 日本語、丁寧語。数字は半角。
### ここにないものは英語で表示されます。

## ジャンル

genre-blues = ブルース
genre-classical = クラシック
genre-country = カントリー
genre-disco = ディスコ
genre-hiphop = ヒップホップ
genre-jazz = ジャズ
genre-metal = メタル
genre-pop = ポップ
genre-reggae = レゲエ
genre-rock = ロック

## 音楽ではないもの

sound-speech = 話し声
sound-noise = 雑音
sound-tone = 単調な音

## 数字

percent = { NUMBER($share, style: "percent", maximumFractionDigits: 0) }
tenths-of-seconds = { NUMBER($seconds, minimumFractionDigits: 1, maximumFractionDigits: 1) }秒
whole-seconds = { $seconds }秒
list-and = { $most }、{ $last }
list-comma = 、
between-sentences = { "" }

## 答えを1行で

headline-clear = 明らかに{ $genre }です
headline-ahead = { $first }、もしかすると{ $second }
headline-close = { $first }か{ $second }か、僅差です
headline-unsure = 判別できませんでした
headline-not-music = これは音楽ではないようです
headline-sound = これは音楽ではなく、{ $sound }のようです

## カード

card-clip = 音源
card-heard-all = 全体を聴きました
card-heard-parts = 聴いた部分：{ $parts }
card-or-more = { $length }以上
card-not-music = そのため、ジャンルはありません。音楽でしたら、**{ $button }**を押してジャンルを選んでください。
card-sounds-like = ほかの特徴
card-votes = メンバーの投票
card-votes-first = { $genre }（{ $all }票中{ $votes }票）
card-votes-other = { $genre }（{ $votes }票）
card-took = { $model } · { $time }
card-recalled = { $model } · 記憶から答えました

## 答えの根拠

reason-measured-clear = このように明らかな答えは、{ $unheard ->
    [artists] 初めて聴くアーティストの曲では{ $share }が正解でした。
   *[clips] 初めて聴く音源では{ $share }が正解でした（アーティストは初めてとは限りません）。
}
reason-measured-close-call = おそらく上位2つのどちらかです。このような場合、{ $unheard ->
    [artists] 初めて聴くアーティストの曲では{ $share }でどちらかが正解でした。
   *[clips] 初めて聴く音源では{ $share }でどちらかが正解でした（アーティストは初めてとは限りません）。
}
reason-unknown-clear = このような答えがどれくらい正しいかは、わかりません。学習のとき、確認用の音源が少なすぎました。
reason-unknown-close-call = 上位2つのどちらかかもしれません。どれくらい正しいかは、わかりません。学習のとき、確認用の音源が少なすぎました。
reason-changes = 途中でジャンルが変わります：{ $parts }。全体に当てはまるジャンルはありません。
reason-nothing-stands-out = 際立つジャンルがありません。学習していないスタイルかもしれません。
reason-not-music = これは音楽ではないようです。
reason-not-music-sound = これは音楽ではなく、{ $sound }のようです。
reason-short = ただし、30秒よりずっと短い音楽なので、参考程度にしてください。

## 画像の説明

picture-title = ジャンルの移り変わり：{ $course }。
picture-throughout = 最初から最後まで{ $genre }
picture-changes = { $changes }回変わります。主に{ $first }、ところどころ{ $others }
picture-others = その他
picture-until = { $end }まで{ $genre }
picture-then = 、次に{ $genre }
picture-from = 、{ $start }から{ $genre }
picture-then-until = （{ $end }まで）
picture-average = 平均は{ $shares }。
picture-share = { $genre } { $share }
picture-parts = { $length }のうち{ $parts }か所を聴きました。

## カードの下のボタン

button-why = 理由は？
button-agree = そう思う
button-wrong = 違う？
button-know = ジャンルを教える
button-delete = 削除
button-cancel = キャンセル

why-title = { $genre }と判断した理由
why-title-unsure = 判別できなかった理由
why-title-not-music = 音楽ではないと判断した理由
why-evidence = { $genre }らしい点（英語）：{ $reasons }。
why-nearest = 最も近かったのは{ $genre }です（理由は英語）：{ $reasons }。
why-confused = { $genre }と判断した音源の中には、実際には{ $others }だったものもあります。
why-nothing = わかりやすく説明できるほど際立った点はありません。
why-not-music = 学習した音楽、話し声、雑音、単調な音と音源を比べています。この音源は、音楽よりもそれ以外の音に近いものでした。
why-footer = { $model } · { $digest }

vote-title = 何のジャンルですか？
vote-label = あなたが思うジャンル
vote-placeholder = ジャンルを選んでください
vote-none = なし：投票を取り消す
vote-unknown = そのジャンルはここでは選べません。もう一度ボタンを押して、メニューから選んでください。
vote-taken = 記録しました。あなたの票は、私の答えの横に表示されます。学習には使われません。
vote-gone = 記録しました。あなたの票はもう数えられません。

click-forgotten = この答えはもう覚えていません。音源をもう一度送っていただければ、聴き直します。
click-not-yours = 削除できるのは、依頼した人とモデレーターだけです。
cancel-not-yours = キャンセルできるのは、依頼した人とモデレーターだけです。
cancel-over = この音源はもう聴いていないので、キャンセルするものはありません。
cancelled = 依頼により、この音源の解析を中止しました。

## 答えがないとき

failure-title = 聴くことができませんでした
failure-title-other = うまくいきませんでした

## 音源を処理している間

progress-fetching = 音源を取得しています…
progress-next = 次があなたの番です。
progress-next-in = 次があなたの番です（約{ $wait }後）。
progress-place = 順番待ちの{ $position }番目です。
progress-place-in = 順番待ちの{ $position }番目です（約{ $wait }後）。
progress-decoding = 音声をデコードしています…
progress-listening = 聴いています…
progress-voting = 判定しています…
progress-seconds = { $seconds }秒
progress-minutes = { $minutes }分
progress-of = { $all }件中{ $number }件目：{ $text }
progress-answered-below = 時間がかかったので、答えは別のメッセージにあります。

## コマンド：入力する名前と説明

command-genre = ジャンル
    .description = 音楽のジャンルを判定します
    .file = ファイル
    .file-description = 音声または動画のファイル
    .link = リンク
    .link-description = ファイルの代わりに、ファイルへのリンク、またはSoundCloud、Bandcamp、YouTubeなどの曲へのリンク
    .genres = ジャンル数
    .genres-description = 表示するジャンルの数。指定しなければ、上位3つと、可能性の高いものを2つまで
    .private = 非公開
    .private-description = 答えをあなただけに表示します
command-classify = ジャンルを判定
command-about = ボット情報
    .description = 私について：できること、正確さ、限界
command-help = ヘルプ
    .description = 音楽のジャンルの調べ方
command-privacy = プライバシー
    .description = あなたについて保存しているもの
command-privacy-show = 表示
    .description = あなたについて保存しているものを表示します
command-privacy-export = エクスポート
    .description = あなたについて保存しているすべてをファイルで渡します
command-privacy-delete = 削除
    .description = あなたについて保存しているすべてを削除します
command-settings = ジャンル設定
    .description = このサーバーのチャンネルで私がすることと、許可されていること
    .channel = チャンネル
    .channel-description = チャンネル。指定しなければ、このチャンネル

## /ヘルプ

help-title = ジャンルの調べ方
help-command = **/ジャンル** にファイルかリンクを渡してください。「非公開」にすると、答えはあなたにしか見えません。
help-menu = ファイルやリンクのある**メッセージ**を右クリック（スマホでは長押し）して、**アプリ**、**{ $menu }**を選んでください。
help-mention = ファイルかリンクを添えて**私にメンション**するか、それがあるメッセージに返信してメンションしてください。
help-direct = ファイルかリンクを**DMで送って**ください。
help-drop-on = このチャンネルに**音声ファイルを投稿**してください。ここでは自動で答えます。動画とボイスメッセージには答えません。
help-drop-off = 管理者が私をオンにしたチャンネルに**音声ファイルを投稿**してください。ここはオンになっていません。
help-drop-direct = 管理者が私をオンにしたチャンネルに**音声ファイルを投稿**してください。
help-drop-blind = チャンネルへの**音声ファイルの投稿**にはまだ対応していません。先に、運営者が私にメッセージを読めるようにする必要があります。
help-buttons = 答えの下で、**{ $why }**は理由を示し、**{ $agree }**と**{ $wrong }**は投票を受け付け、**{ $delete }**は答えを消します。
help-more = **/ボット情報** は正確さと対応するもの、**/プライバシー** は保存しているものを示します。管理者の方：**/ジャンル設定**。

## /ボット情報

about-what = 音楽を聴いて、{ $count }種類のジャンルのうちどれに最も近いかを答えます：{ $genres }。わからないときは、そうお伝えします。
about-good = 正確さ
about-good-card = 初めて聴くアーティストの音源{ $clips }件のうち、{ $accuracy }で正しいジャンルを答え（95%区間：{ $low }～{ $high }）、{ $top3 }で上位3つに正解が入りました。答えの{ $clear }が明らかなもので、そのうち{ $clear-right }が正解でした。表示した割合のずれは平均{ $points }ポイントでした。
about-good-own = このモデルの作成時に取り分けておいた音源{ $clips }件のうち、{ $accuracy }で正しいジャンルを答え、{ $top3 }で上位3つに正解が入りました。表示した割合のずれは平均{ $points }ポイントでした。
about-limits = 受け付けるもの
about-limits-files = { $megabytes } MBまでのファイル：wav、mp3、flac、ogg、opus、m4a、aac、aiff、webm、mka、mp4とmovの音声。
about-limits-links = そのようなファイルや、{ $sites }の曲へのリンク。
about-limits-no-sites = そのようなファイルへのリンク。
about-limits-length = 最初の{ $minutes }分までをデコードします。長い曲は、30秒ずつ5か所を聴きます。
about-limits-queue = 同時に受け付けるのは、1人{ $member }件、全体で{ $all }件まで。同じ人の音源は1件ずつ聴きます。
about-limits-cooldown-member = 同じ人の次の音源までの間隔：{ $seconds }秒。
about-limits-cooldown-server = 同じサーバーの次の音源までの間隔：{ $seconds }秒。
about-faults = 苦手なこと
about-faults-text = 2001年までの録音から、大まかな10のジャンルを学びました。それ以外のスタイルには正解がありません。3回に2回ほどは、2つのジャンルを挙げるか「判別できませんでした」と答えますが、残りの1回は、明らかだとして間違ったジャンルを答えます。珍しい音楽を、音楽ではないと判断することもあります。
about-data = 送った音楽の扱い
about-data-text = 聴いている間だけ非公開のファイルに置き、その後削除します。送ったもの、押したボタン、投票が学習に使われることはありません。**/プライバシー** もご覧ください。
about-model = モデル { $name } { $version } · { $digest }

## /プライバシー

privacy-title = あなたについて保存しているもの
privacy-ways = **/プライバシー エクスポート** ですべてをファイルで受け取り、**/プライバシー 削除** で削除できます。
privacy-export = あなたについて保存しているもののすべてです。
privacy-delete-button = すべて削除
privacy-nothing = あなたについて保存しているものはないので、削除するものもありません。

## ほかに聴こえるもの

tag-1960s = 1960年代
tag-1970s = 1970年代
tag-1980s = 1980年代
tag-1990s = 1990年代
tag-2000s = 2000年代
tag-acoustic = アコースティック
tag-alternative = オルタナティブ
tag-alternative-rock = オルタナティブロック
tag-ambient = アンビエント
tag-beautiful = 美しい
tag-blues = ブルース
tag-catchy = キャッチー
tag-chill = チル
tag-classic-rock = クラシックロック
tag-country = カントリー
tag-dance = ダンス
tag-easy-listening = イージーリスニング
tag-electronic = エレクトロニック
tag-experimental = 実験的
tag-female-vocals = 女性ボーカル
tag-folk = フォーク
tag-funk = ファンク
tag-guitar = ギター
tag-happy = 明るい
tag-hard-rock = ハードロック
tag-heavy-metal = ヘヴィメタル
tag-hip-hop = ヒップホップ
tag-house = ハウス
tag-indie = インディー
tag-indie-pop = インディーポップ
tag-indie-rock = インディーロック
tag-instrumental = インストゥルメンタル
tag-jazz = ジャズ
tag-male-vocals = 男性ボーカル
tag-mellow = メロウ
tag-metal = メタル
tag-oldies = オールディーズ
tag-party = パーティー
tag-pop = ポップ
tag-progressive-rock = プログレッシブロック
tag-punk = パンク
tag-rock = ロック
tag-sad = 悲しい
tag-sexy = セクシー
tag-soul = ソウル
