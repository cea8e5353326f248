## プレイリスト：コマンド

command-playlist = プレイリスト
    .description = 曲が自動で分類される、このサーバーのプレイリスト
    .playlist = プレイリスト
    .playlist-description = 対象のプレイリスト
    .track = 曲
    .track-description = 対象の曲。曲名を入力すると候補が出ます
command-playlist-create = 作成
    .description = プレイリストを作ります
    .name = 名前
    .name-description = プレイリストの名前
    .text = 説明
    .text-description = どんなプレイリストか
command-playlist-rename = 名前変更
    .description = プレイリストの名前を変えます
    .name = 名前
    .name-description = 新しい名前
command-playlist-describe = 説明変更
    .description = プレイリストの説明を変えます
    .text = 説明
    .text-description = どんなプレイリストか。省略すると説明を消します
command-playlist-delete = 削除
    .description = プレイリストを削除します（元に戻せます）
command-playlist-list = 一覧
    .description = このサーバーのプレイリストを表示します
command-playlist-share = 共有
    .description = あなたのプレイリストに、ほかの人も追加できるようにします
    .who = 相手
    .who-description = メンバー、ロール、または@everyone
    .stop = 停止
    .stop-description = 追加できないようにします
command-playlist-channel = チャンネル
    .description = チャンネルで共有された曲をプレイリストに集めます
    .channel = チャンネル
    .channel-description = チャンネル。指定しなければ、このチャンネル
    .stop = 停止
    .stop-description = そこで集めるのをやめます
command-playlist-add = 追加
    .description = 曲を聴いて追加します
    .link-description = ファイルの代わりに、曲へのリンク
    .title = 曲名
    .title-description = プレイリストでの曲名

## プレイリスト：その後

playlist-created = プレイリスト**{ $name }**を作りました。`/プレイリスト 追加` か、私の答えの下の**{ $button }**で曲を追加できます。
playlist-renamed = **{ $name }**の名前を**{ $new }**に変えました。
playlist-described = **{ $name }**の説明を変えました。
playlist-deleted =
    { $tracks ->
        [0] **{ $name }**を削除しました。
       *[other] **{ $name }**を、中の{ $tracks }曲とともに削除しました。
    }{ $days }日間は元に戻せます。
playlist-back =
    { $tracks ->
        [0] **{ $name }**を元に戻しました。
       *[other] **{ $name }**を、中の{ $tracks }曲とともに元に戻しました。
    }
playlist-shared = **{ $name }**を{ $who }と共有しました。これで曲を追加してもらえます。
playlist-unshared = **{ $name }**の{ $who }との共有をやめました。
playlist-everyone = 全員
playlist-channel-on = これから{ $channel }で共有された曲は、すべて**{ $name }**に入ります。入れた曲には📥を付けます。
playlist-channel-off = { $channel }で共有されたものは、もう**{ $name }**に入りません。
playlist-added = **{ $name }**に追加しました。
playlist-known = すでに**{ $name }**に入っています。
card-playlist = プレイリスト

playlists-title = このサーバーのプレイリスト
playlists-none = まだありません。`/プレイリスト 作成` で作れます。
playlists-line = **{ $name }** · { $tracks }曲 · { $owner }
playlists-nobody = 所有者なし
playlists-shared = { $who }と共有
playlists-fed = { $channels }から

## 答えから追加する

button-add = プレイリストに追加
button-bring-back = 元に戻す
add-title = プレイリストに追加
add-to = プレイリスト
add-more = 最初の25件だけです。ほかのものには /プレイリスト 追加 を使ってください。
add-placeholder = プレイリストを選んでください
add-called = 曲名
